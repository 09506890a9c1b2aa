"""Taking responses out again: what goes, what stays, and that the tallies follow exactly."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask, current_app
from sqlalchemy import func, select, update

from survey import clock, jobs
from survey.extensions import db
from survey.models import AuditEntry, Comment, Erased, KeptCount, Response, Tally
from survey.processing import commands, erasing, recount
from tests import factories

TODAY = clock.today("Asia/Shanghai")


@pytest.fixture
def two(any_app: Flask) -> list[uuid.UUID]:
    """Two processed responses with comments, the first and the second."""
    link = factories.link()
    made = [
        factories.response(link, {"staff": 5, "why": "The nurse was very kind."}),
        factories.response(link, {"staff": 2, "why": "We waited far too long."}),
    ]
    ids = [one.id for one in made]
    db.session.commit()
    jobs.process_waiting()
    return ids


def _tallies() -> dict[tuple[object, ...], int]:
    rows = db.session.execute(select(Tally.__table__)).all()
    return {tuple(row[:8]): row[8] for row in rows}


def _count(model: object) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0  # type: ignore[arg-type]


def test_an_erased_response_leaves_the_tallies_as_if_it_had_never_come(two: list[uuid.UUID]) -> None:
    erasing.erase(two, TODAY)
    db.session.commit()
    assert (_count(Response), _count(Comment), _count(Tally)) == (0, 0, 0)
    assert list(recount.verify()) == []


def test_erasing_one_leaves_the_other_and_twice_is_once(two: list[uuid.UUID]) -> None:
    assert [erasing.erase(two[:1], TODAY) for _ in range(2)] == [1, 0]
    db.session.commit()
    assert db.session.scalars(select(Response.id)).all() == two[1:]
    assert db.session.scalars(select(Comment.response_id)).all() == two[1:]
    assert min(_tallies().values()) == max(_tallies().values()) == 1
    assert list(recount.verify()) == []
    assert _count(Erased) == 1


def test_a_response_erased_before_it_was_processed_was_never_counted(any_app: Flask) -> None:
    gone = factories.response(factories.link(), {"staff": 5}).id
    db.session.commit()
    erasing.erase([gone], TODAY)
    db.session.commit()
    assert jobs.process_waiting() == 0
    assert _count(Tally) == 0


def test_a_worker_that_has_read_an_erased_response_counts_it_no_more(any_app: Flask) -> None:
    gone = factories.response(factories.link(), {"staff": 5, "why": "Good"}).id
    db.session.commit()
    readings = jobs._read(jobs._claimed())
    erasing.erase([gone], TODAY)
    db.session.commit()
    assert jobs.pipeline.record(readings) == 0
    db.session.commit()
    assert (_count(Tally), _count(Comment)) == (0, 0)


def test_retired_responses_go_and_their_figures_stay(two: list[uuid.UUID]) -> None:
    before = _tallies()
    assert [erasing.retire(two[:1], TODAY) for _ in range(2)] == [1, 0]
    db.session.commit()
    assert _count(Response) == _count(Comment) == 1
    assert _count(KeptCount) > 0
    assert _tallies() == before
    assert list(recount.verify()) == []
    assert recount.rebuild() == 1
    db.session.commit()
    assert _tallies() == before


def test_a_stripped_response_counts_as_before_without_its_text(two: list[uuid.UUID]) -> None:
    before = _tallies()
    erasing.strip(two)
    db.session.commit()
    left = db.session.scalars(select(Response.answers)).all()
    assert {(answers["staff"], answers["why"]) for answers in left} == {(5, ""), (2, "")}
    assert set(db.session.execute(select(Comment.text, Comment.text_hash)).all()) == {("", "")}
    assert set(db.session.scalars(select(Comment.label))) == {"positive", "negative"}
    assert list(recount.verify()) == []
    assert erasing.reprocess(two) == 0  # the sentiments could not be found again
    erasing.erase(two[:1], TODAY)
    erasing.retire(two[1:], TODAY)
    db.session.commit()
    assert list(recount.verify()) == []
    assert set(_tallies()) < set(before)


def test_reprocessing_counts_nothing_twice(two: list[uuid.UUID]) -> None:
    before = _tallies()
    assert [erasing.reprocess(two) for _ in range(2)] == [2, 0]
    db.session.commit()
    assert list(recount.verify()) == []
    assert jobs.process_waiting() == 2
    assert _tallies() == before
    assert list(recount.verify()) == []


def _reprocess(*arguments: str) -> tuple[int, str]:
    done = current_app.test_cli_runner().invoke(args=["responses", "reprocess", *arguments])
    return done.exit_code, done.output


def test_the_command_lets_the_worker_read_again_what_it_had_misread(two: list[uuid.UUID]) -> None:
    code = db.session.get_one(Response, two[0]).version.questionnaire.code
    before = _tallies()
    db.session.execute(update(Comment).values(label="neutral", score=0))  # as an older edition read them
    recount.rebuild()
    db.session.commit()
    assert _tallies() != before
    assert _reprocess("--questionnaire", code) == (0, "waiting again: 2\n")
    assert jobs.process_waiting() == 2
    assert {cell: count for cell, count in _tallies().items() if count} == before
    assert sorted(db.session.scalars(select(Comment.label))) == ["negative", "positive"]
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert entry is not None
    assert (entry.deed, entry.thing_name, entry.actor_kind) == ("changed", code, "command_line")


def test_the_command_takes_the_named_ones_in_small_transactions(
    two: list[uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "AT_ONCE", 1)
    assert _reprocess(str(two[0])) == (0, "waiting again: 1\n")
    assert _reprocess(*map(str, two)) == (0, "waiting again: 1\n")
    assert jobs.process_waiting() == 2
    assert list(recount.verify()) == []


@pytest.mark.parametrize("arguments", [(), ("--questionnaire", "none"), ("not-an-id",)])
def test_the_command_refuses_what_names_nothing(any_app: Flask, arguments: tuple[str, ...]) -> None:
    status, said = _reprocess(*arguments)
    assert status == 2
    assert "Error" in said
