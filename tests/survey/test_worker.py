"""The worker as a process of its own: rung by the web process, killed at any moment, never counting twice."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from survey import clock, create_app, jobs
from survey.bell import Bell, bell
from survey.extensions import db, reading
from survey.models import Comment, Response, Tally
from survey.processing import recount
from tests import factories
from tests.conftest import settings_for

ROOT = Path(__file__).resolve().parents[2]
REDIS = os.environ.get("TEST_REDIS_URL")


@contextmanager
def worker(app: Flask) -> Iterator[subprocess.Popen[bytes]]:
    settings = app.extensions["settings"]
    environment = os.environ | {
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(settings.data_dir),
        "SECRET_KEY": settings.secret_key,
        "REDIS_URL": settings.redis_url,
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _waiting() -> int:
    """Looked up without keeping the write lock, which the worker needs."""
    with reading():
        waiting = select(func.count()).select_from(Response).where(Response.processed_at.is_(None))
        found = db.session.scalar(waiting) or 0
        db.session.rollback()
    return found


def _until_nothing_waits(seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if _waiting() == 0:
            return True
        time.sleep(0.2)
    return False


def _submit(count: int) -> None:
    link = factories.link()
    for number in range(count):
        factories.response(
            link, {"staff": number % 5 + 1, "why": f"The nurse number {number} was very kind."}
        )
    db.session.commit()


def test_a_rung_worker_processes_within_seconds(any_app: Flask) -> None:
    with worker(any_app):
        _submit(3)
        bell._rung_at = float("-inf")
        bell.ring()
        assert _until_nothing_waits(30)


@pytest.mark.redis
def test_the_bell_rings_through_redis(tmp_path: Path) -> None:
    if not REDIS:
        pytest.skip("TEST_REDIS_URL is not set")
    app = create_app(settings_for(tmp_path, REDIS_URL=REDIS))
    with app.app_context():
        db.create_all()
        factories.bind()
        app.extensions["huey"].storage.flush_all()
        with worker(app):
            _submit(3)
            bell._rung_at = float("-inf")
            bell.ring()
            assert _until_nothing_waits(30)
        db.session.remove()
        db.engine.dispose()


def test_a_worker_killed_again_and_again_counts_every_response_once(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _submit(1500)
    rng = random.Random(7)
    for _ in range(4):
        with worker(any_app) as process:
            bell._rung_at = float("-inf")
            bell.ring()
            time.sleep(2.5 + rng.random())
            process.kill()
    later = clock.now() + timedelta(minutes=10)
    monkeypatch.setattr(clock, "now", lambda: later)
    jobs.process_waiting()
    assert _waiting() == 0
    assert db.session.scalar(select(func.count()).select_from(Comment)) == 1500
    assert list(recount.verify()) == []
    received = select(func.sum(Tally.count)).where(Tally.value == "received", Tally.grain == "day")
    received = received.where(Tally.channel != "", Tally.locale != "")  # one cut of several
    assert db.session.scalar(received) == 1500


def test_several_workers_share_the_load_and_count_once(any_app: Flask) -> None:
    _submit(1200)
    with worker(any_app), worker(any_app):
        for _ in range(4):
            bell._rung_at = float("-inf")
            bell.ring()
        assert _until_nothing_waits(60)
    assert list(recount.verify()) == []


def test_a_bell_that_cannot_be_rung_hurts_nobody() -> None:
    def broken() -> None:
        raise ConnectionError

    own = Bell()
    own.pull = broken
    own.ring()


def test_many_rings_within_a_second_are_one() -> None:
    rung = []
    own = Bell()
    own.pull = lambda: rung.append(1)
    for _ in range(50):
        own.ring()
    assert len(rung) == 1


def test_a_bell_that_failed_is_left_alone_for_a_while() -> None:
    tried = []

    def broken() -> None:
        tried.append(1)
        raise ConnectionError

    own = Bell()
    own.pull = broken
    own.ring()
    own._rung_at -= 2  # two seconds later
    own.ring()
    assert len(tried) == 1
