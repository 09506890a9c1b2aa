"""How the sweeps went is kept for everybody to see, whatever machine they ran on."""

from __future__ import annotations

import pytest
from flask import Flask

from survey import jobs
from survey.extensions import db
from survey.models import SweepRun


def _nothing() -> int:
    return 0


def _stumbles() -> int:
    raise ValueError("Mrs Li said that the night nurse was rude")


def test_a_sweep_that_ends_is_noted_once(any_app: Flask) -> None:
    jobs.watched(_nothing)
    jobs.watched(_nothing)
    run = db.session.get(SweepRun, "_nothing")
    assert run is not None and run.ended_at is not None
    assert (run.failures, run.failed_at) == (0, None)


def test_a_sweep_that_fails_is_counted_and_named_without_what_people_wrote(any_app: Flask) -> None:
    for _time in range(2):
        jobs.watched(_stumbles)
    run = db.session.get(SweepRun, "_stumbles")
    assert run is not None and run.failures == 2 and run.ended_at is None
    assert run.failure is not None and run.failure.startswith("ValueError (test_sweeps.py:")
    assert "Li" not in run.failure


def test_a_failing_sweep_does_not_keep_the_others_from_running(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SWEEPS", {_stumbles: None, _nothing: None})
    jobs.every_sweep()
    assert db.session.get(SweepRun, "_nothing") is not None
