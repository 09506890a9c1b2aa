"""Messages are written in the transaction that causes them, once a cause."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from survey import clock
from survey.extensions import db
from survey.models import Message, MessageChoice, State
from survey.outbox import contents, registry
from survey.outbox.recipients import Address
from survey.outbox.registry import UnknownTemplate, WrongFields
from survey.outbox.service import put
from tests import factories

FIELDS = {"sender": "Ada", "link": "https://example.org"}


@pytest.fixture(autouse=True)
def _template(any_app: Flask) -> None:
    registry.register("trial", title="Trial", sample={"sender": "Somebody", "link": "https://example.org"})


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(Message)) or 0


def test_a_message_is_there_with_its_cause_or_not_at_all() -> None:
    user = factories.UserFactory()
    db.session.commit()
    assert put("a:1", user, "trial", FIELDS) == 2
    db.session.rollback()
    assert _count() == 0


def test_the_same_cause_sends_nothing_twice_and_another_does() -> None:
    user, other = factories.UserFactory(), factories.UserFactory()
    assert [put("a:1", user, "trial", FIELDS) for _ in range(3)] == [2, 0, 0]
    assert put("a:1", other, "trial", FIELDS) == 2
    assert put("a:2", user, "trial", FIELDS, channels=["email"]) == 1
    assert put("a:2", user, "trial", FIELDS) == 1
    db.session.commit()
    assert _count() == 6
    assert len(set(db.session.scalars(select(Message.message_id)))) == 6


def test_a_notice_is_there_at_once_and_a_mail_waits() -> None:
    user = factories.UserFactory()
    put("a:1", user, "trial", FIELDS)
    states = {row.channel: row.state for row in db.session.scalars(select(Message))}
    assert states == {"in_app": State.SENT, "email": State.WAITING}
    later = clock.now() + timedelta(hours=3)
    put("a:2", user, "trial", FIELDS, at=later)
    rows = db.session.scalars(select(Message).where(Message.cause == "a:2")).all()
    assert {row.state for row in rows} == {State.WAITING}
    assert {row.retry_at for row in rows} == {later}


def test_a_person_who_declined_mails_gets_notices_only_and_a_closed_account_nothing() -> None:
    user, closed = factories.UserFactory(), factories.UserFactory(active=False)
    db.session.add(MessageChoice(user_id=user.id, channel="email", wanted=False))
    db.session.add(MessageChoice(user_id=user.id, channel="in_app", wanted=False))
    assert put("a:1", user, "trial", FIELDS) == 1
    assert db.session.scalar(select(Message.channel)) == "in_app"
    assert put("a:1", closed, "trial", FIELDS) == 0


def test_an_address_is_known_again_but_stands_nowhere_in_clear() -> None:
    told = Address("email", "patient@example.org", "zh_Hans")
    assert put("a:1", told, "trial", FIELDS) == 1
    assert put("a:1", Address("email", " Patient@example.org", "en"), "trial", FIELDS) == 0
    row = db.session.scalars(select(Message)).one()
    kept = repr([getattr(row, column.key) for column in Message.__table__.columns])
    assert "patient" not in kept and "Ada" not in kept
    assert contents.opened(row.sealed or b"", row.id) == contents.Contents(FIELDS, "patient@example.org")


def test_an_unknown_or_missing_field_is_told_by_its_name_and_nothing_is_written() -> None:
    user = factories.UserFactory()
    with pytest.raises(WrongFields, match="unknown: colour; missing: link"):
        put("a:1", user, "trial", {"sender": "Ada", "colour": "red"})
    with pytest.raises(UnknownTemplate):
        put("a:1", user, "no_such", {})
    assert _count() == 0
