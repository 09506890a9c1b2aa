"""Responses that cannot be processed: tried five times at most, then shown as failed, and never in others' way."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from survey import clock, jobs, pipeline
from survey.extensions import db
from survey.models import Response
from survey.processing import recount
from tests import factories

GOOD = 99


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[timedelta]]:
    """Add to it, and that much time has passed."""
    passed: list[timedelta] = []
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + sum(passed, timedelta()))
    yield passed


def _hundred(poison: object) -> uuid.UUID:
    link = factories.link()
    for number in range(GOOD):
        factories.response(link, {"staff": number % 5 + 1, "why": f"Visit {number} went very well."})
    bad = factories.response(link, {"staff": 4})
    bad.answers = poison
    db.session.commit()
    return bad.id


def _sweep_until_done(later: list[timedelta]) -> int:
    done = 0
    for _ in range(20):
        done += jobs.process_waiting()
        later.append(timedelta(minutes=10))
    return done


def _is_given_up(response_id: uuid.UUID) -> Response:
    db.session.expire_all()
    found = db.session.get_one(Response, response_id)
    assert found.attempts == pipeline.MOST_TRIES
    assert found.failed_at is not None
    assert found.processed_at is None
    assert list(recount.verify()) == []
    return found


def test_one_unreadable_response_among_a_hundred_is_given_up_and_99_done(
    any_app: Flask, later: list[timedelta]
) -> None:
    bad = _hundred(["not", "a", "mapping"])
    assert _sweep_until_done(later) == GOOD
    assert _is_given_up(bad).failure == "AttributeError"


def test_one_response_whose_comment_cannot_be_stored_is_given_up_and_99_done(
    app: Flask, later: list[timedelta]
) -> None:
    bad = _hundred({"staff": 4, "why": "half a sign \ud800 and more"})  # PostgreSQL would not even take it
    assert _sweep_until_done(later) == GOOD
    assert _is_given_up(bad).failure == "UnicodeEncodeError"


def test_a_response_that_kills_its_worker_is_given_up_and_99_done(
    any_app: Flask, later: list[timedelta]
) -> None:
    bad = _hundred({"staff": 4})
    for _ in range(3 * GOOD):
        batch = pipeline.claim()
        db.session.commit()
        if any(response.id == bad for response in batch):
            later.append(pipeline.LEASE + timedelta(seconds=1))  # the worker is dead
            continue
        pipeline.record(pipeline.read(batch))
        db.session.commit()
    assert _is_given_up(bad).failure == "worker died"
    processed = select(func.count()).select_from(Response).where(Response.processed_at.is_not(None))
    assert db.session.scalar(processed) == GOOD


def test_a_given_up_response_is_listed_and_counts_once_when_tried_again(
    any_app: Flask, later: list[timedelta]
) -> None:
    bad = _hundred(["not", "a", "mapping"])
    _sweep_until_done(later)
    runner = any_app.test_cli_runner()
    listed = runner.invoke(args=["pipeline", "failed"]).output
    assert f"{bad} small" in listed
    assert "tries 5: AttributeError" in listed
    db.session.get_one(Response, bad).answers = {"staff": 5, "why": "Mended."}
    db.session.commit()
    assert runner.invoke(args=["pipeline", "retry"]).exit_code == 2
    assert runner.invoke(args=["pipeline", "retry", str(bad)]).output == "waiting again: 1\n"
    assert runner.invoke(args=["pipeline", "retry", "--all"]).output == "waiting again: 0\n"
    assert jobs.process_waiting() == 1
    assert runner.invoke(args=["pipeline", "failed"]).output == "failed: 0\n"
    assert list(recount.verify()) == []
