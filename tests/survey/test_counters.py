"""Limits while the shared counters are away: nobody is kept from answering, and guessing stays slowed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from limits import RateLimitItemPerMinute

from survey import create_app
from survey.counters import PAUSE, counters
from survey.extensions import db, limiter
from tests import factories
from tests.bench.torture.servers import Redis, redis
from tests.conftest import settings_for
from tests.survey.respond.visiting import at, stored

FIVE = RateLimitItemPerMinute(5)

pytestmark = pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Redis]:
    with redis(tmp_path / "redis") as running:
        yield running


@pytest.fixture
def counting(server: Redis, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(settings_for(tmp_path, REDIS_URL=server.url, SUBMISSIONS_PER_MINUTE="20"))
    with app.app_context():
        db.create_all()
        factories.bind()
        yield app
        db.session.remove()
        db.engine.dispose()
    create_app(settings_for(tmp_path))  # the next test finds counters in memory


def test_limits_hold_in_each_process_while_redis_is_away(counting: Flask, server: Redis) -> None:
    assert [counters().hit(FIVE, "a") for _ in range(6)] == [True] * 5 + [False]
    server.stop()
    assert [counters().hit(FIVE, "b") for _ in range(6)] == [True] * 5 + [False]
    server.start()
    counters()._shared_from -= PAUSE
    assert not counters().hit(FIVE, "b") or limiter.limiter.get_window_stats(FIVE, "b").remaining == 4


def test_a_submission_is_stored_while_redis_is_away(counting: Flask, server: Redis) -> None:
    respondent = at(factories.link(), counting.test_client()).open()
    server.stop()
    assert respondent.send(staff="4", why="Sent all the same").status_code == 303
    assert [response.answers["why"] for response in stored()] == ["Sent all the same"]


def test_a_redis_that_hangs_keeps_nobody_waiting_twice(counting: Flask, server: Redis) -> None:
    server.hang()
    assert counters().hit(FIVE, "c")
    assert counters()._shared_from > 0  # from now on it is not asked for a while


def test_no_server_is_left_behind(server: Redis) -> None:
    server.stop()
    assert subprocess.run(["ps", "-p", str(server.pid)], capture_output=True).returncode == 1


def test_counting_makes_its_counters_once(app: Flask) -> None:
    assert counters() is counters()
    made = counters()._own
    hit = RateLimitItemPerMinute(3)
    assert [counters().hit(hit, "here") for _ in range(4)] == [True, True, True, False]
    assert counters()._own is made
