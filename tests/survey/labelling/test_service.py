"""A person's label holds, its undoing brings back what was, and the tallies follow exactly."""

from __future__ import annotations

import json
import uuid

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from survey import clock, jobs
from survey.errors import Invalid, Missing
from survey.extensions import db
from survey.labelling.service import label, undo
from survey.models import AuditEntry, Comment, CommentLabel, Tally, Unit, User
from survey.models.checks import LABELS
from survey.processing import erasing, recount
from tests import factories


@pytest.fixture
def said(any_app: Flask) -> uuid.UUID:
    """A processed response with a comment that is read as positive."""
    link = factories.link()
    made = factories.response(link, {"staff": 5, "why": "The nurse was very kind."})
    factories.response(link, {"staff": 5, "why": "The nurse was very kind indeed."})
    db.session.commit()
    jobs.process_waiting()
    return made.id


def _person(**given: object) -> User:
    made: User = factories.UserFactory(**given)
    return made


def _shown(response_id: uuid.UUID) -> tuple[str, float, str]:
    comment = db.session.get_one(Comment, (response_id, "why"), populate_existing=True)
    return comment.label, comment.score, comment.method


def _counted(value: str) -> int:
    found = select(func.sum(Tally.count)).where(
        Tally.value == value, Tally.grain == "month", Tally.channel == ""
    )
    return db.session.scalar(found.where(Tally.locale == "", Tally.service_type_id == 0)) or 0


def test_the_label_of_a_person_holds_and_is_counted(said: uuid.UUID) -> None:
    assert (_counted("positive"), _counted("negative")) == (2, 0)
    label(_person(), said, "why", "negative", "explorer")
    db.session.commit()
    assert _shown(said) == ("negative", -1.0, "person/1")
    assert (_counted("positive"), _counted("negative")) == (1, 1)
    assert list(recount.verify()) == []


def test_the_newest_label_holds_and_undoing_goes_back_step_by_step(said: uuid.UUID) -> None:
    read, first, second = _shown(said), _person(), _person()
    label(first, said, "why", "negative", "random")
    label(second, said, "why", "undecided", "second")
    undo(second, said, "why")
    assert _shown(said)[0] == "negative"
    undo(first, said, "why")
    db.session.commit()
    assert _shown(said) == read
    assert undo(first, said, "why") is None
    assert list(recount.verify()) == []
    rows = db.session.scalars(select(CommentLabel)).all()
    assert [row.undone_at is None for row in rows] == [False, False]


def test_who_undoes_an_older_label_changes_nothing_that_is_seen(said: uuid.UUID) -> None:
    first, second = _person(), _person()
    label(first, said, "why", "negative", "explorer")
    label(second, said, "why", "neutral", "explorer")
    undo(first, said, "why")
    db.session.commit()
    assert _shown(said)[0] == "neutral"
    assert list(recount.verify()) == []


def test_a_label_outlives_that_its_comment_is_read_anew(said: uuid.UUID) -> None:
    read, person = _shown(said), _person()
    label(person, said, "why", "neutral", "explorer")
    erasing.reprocess([said])
    db.session.commit()
    assert jobs.process_waiting() == 1
    assert _shown(said) == ("neutral", 0.0, "person/1")
    assert list(recount.verify()) == []
    undo(person, said, "why")
    db.session.commit()
    assert _shown(said) == read
    assert list(recount.verify()) == []


def test_labels_go_with_their_response(said: uuid.UUID) -> None:
    label(_person(), said, "why", "neutral", "explorer")
    db.session.commit()
    erasing.erase([said], clock.today("Asia/Shanghai"))
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(CommentLabel)) == 0
    assert list(recount.verify()) == []


def test_nobody_labels_comments_of_other_units_nor_without_text(said: uuid.UUID) -> None:
    head = _person(role="head_of_unit", unit=factories.UnitFactory())
    for person, code in ((head, "why"), (_person(), "no-such")):
        with pytest.raises(Missing):
            label(person, said, code, "neutral", "explorer")
    erasing.strip([said])
    with pytest.raises(Missing):
        label(_person(), said, "why", "neutral", "explorer")
    assert db.session.scalars(select(Unit)).all()


def test_an_unknown_label_is_refused(said: uuid.UUID) -> None:
    with pytest.raises(Invalid):
        label(_person(), said, "why", "angry", "explorer")


def test_who_labelled_what_is_in_the_audit_trail(said: uuid.UUID) -> None:
    person = _person()
    label(person, said, "why", "negative", "explorer")
    db.session.commit()
    undo(person, said, "why")
    db.session.commit()
    found = select(AuditEntry).where(AuditEntry.thing_kind == "comments").order_by(AuditEntry.number)
    entry, undone = db.session.scalars(found).all()
    assert json.loads(undone.details)["undone"] == "negative"
    details = json.loads(entry.details)
    assert details["label"] == "negative"
    assert details["was"] == "positive"
    assert "kind" not in str(details["comment"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 1), st.sampled_from((*LABELS, "undo"))), max_size=6))
def test_after_any_steps_the_tallies_are_as_a_recount_says(
    said: uuid.UUID, steps: list[tuple[int, str]]
) -> None:
    people = [_person(), _person()]
    for number, step in steps:
        if step == "undo":
            undo(people[number], said, "why")
        else:
            label(people[number], said, "why", step, "random")
    db.session.commit()
    assert list(recount.verify()) == []
