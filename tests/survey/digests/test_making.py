"""Digests are made once for each person and period, say what may be said, and go to those who want them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from survey import clock, jobs
from survey.digests import sending
from survey.digests.choices import Choice, choose
from survey.errors import Invalid
from survey.extensions import db
from survey.models import Cadence, Digest, Message, User
from survey.outbox import contents
from tests import factories

MONDAY = datetime(2026, 3, 9, 1, tzinfo=UTC)  # 9:00 in Shanghai
WEEK = [date(2026, 3, 2) + timedelta(days=n) for n in range(7)]


@pytest.fixture
def link(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return factories.link(questionnaire=factories.published())


def _answers(link: Any, number: int, comment: str = "") -> None:
    for n in range(number):
        said = {"why": f"{comment} {n}"} if comment else {}
        noon = datetime.combine(WEEK[n % 7], datetime.min.time(), UTC) + timedelta(hours=4)
        factories.response(link, {"staff": 1 + n % 5} | said, submitted_at=noon)
    db.session.commit()
    jobs.process_waiting()


def _staff(link: Any, **given: Any) -> User:
    made: User = factories.UserFactory(role="staff", unit_id=link.unit_id, locale="en", **given)
    db.session.commit()
    return made


def _fields(person: User) -> dict[str, Any]:
    found = db.session.scalars(select(Message).where(Message.user_id == person.id)).first()
    assert found is not None and found.sealed is not None
    return dict(contents.opened(found.sealed, found.id).fields)


def _text(fields: dict[str, Any]) -> str:
    return "\n".join(
        [line for part in fields["parts"] for line in [part["title"], *part["lines"], *part["quotes"]]]
    )


def test_a_week_is_told_on_monday_and_only_once(link: Any) -> None:
    _answers(link, 21, "The staff were very kind and helpful")
    person = _staff(link)
    assert jobs.make_digests() == 1
    assert jobs.make_digests() == 0
    told = _text(_fields(person))
    assert "21 people answered." in told
    assert "kind and helpful" in told
    causes = db.session.scalars(select(Message.cause).where(Message.user_id == person.id)).all()
    assert set(causes) == {f"digest:{person.id.hex}:weekly:2026-03-08"}
    assert len(causes) == len({*db.session.scalars(select(Message.channel))})


def test_what_too_few_have_said_is_in_no_digest(link: Any) -> None:
    _answers(link, 9, "My name is Lin and the nurse was rude")
    person = _staff(link)
    jobs.make_digests()
    told = _text(_fields(person))
    assert "Fewer than 10 people" in told
    assert "rude" not in told and "9 people" not in told and "%" not in told


def test_nobody_hears_of_foreign_units(link: Any) -> None:
    _answers(link, 21, "The corridor was very dirty")
    person = factories.UserFactory(role="staff", unit_id=factories.UnitFactory().id, locale="en")
    db.session.commit()
    jobs.make_digests()
    assert db.session.scalar(select(func.count()).where(Message.user_id == person.id)) == 0
    assert db.session.scalars(select(Digest.messages).where(Digest.user_id == person.id)).one() == 0


def test_everybody_gets_it_at_the_own_hour(link: Any) -> None:
    _answers(link, 21)
    early, late, never = _staff(link), _staff(link), _staff(link)
    choose(early, Choice(Cadence.WEEKLY, 9, "Asia/Shanghai"))
    choose(late, Choice(Cadence.WEEKLY, 9, "Europe/Berlin"))
    choose(never, Choice(Cadence.NEVER, 9, "UTC"))
    db.session.commit()
    jobs.make_digests()
    made = dict(db.session.execute(select(Digest.user_id, Digest.last_on)).all())
    assert made[early.id] == date(2026, 3, 8)
    assert late.id not in made and never.id not in made


def test_after_a_long_stop_old_digests_are_left_out(link: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _answers(link, 21)
    _staff(link)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=4))
    assert jobs.make_digests() == 0


def test_a_digest_that_fails_leaves_no_trace_and_is_made_later(
    link: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _answers(link, 21)
    _staff(link)
    with monkeypatch.context() as broken:
        broken.setattr(sending, "content", lambda *_given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            jobs.make_digests()
        db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Digest)) == 0
    assert jobs.make_digests() == 1


def test_a_time_zone_that_does_not_exist_is_refused(link: Any) -> None:
    with pytest.raises(Invalid):
        choose(_staff(link), Choice(Cadence.DAILY, 8, "Asia/Peking"))


def test_the_page_shows_the_same_and_sends_it_now(link: Any, any_app: Flask) -> None:
    _answers(link, 21, "The staff were very kind and helpful")
    person = _staff(link)
    client = any_app.test_client()
    factories.sign_in(client, person)
    page = client.get("/digest").text
    assert "21 people answered." in page and "kind and helpful" in page
    assert client.post("/digest/send").status_code == 302
    assert "21 people answered." in _text(_fields(person))


def test_a_choice_is_kept_and_a_wrong_one_told_beside_its_field(link: Any, any_app: Flask) -> None:
    client = any_app.test_client()
    factories.sign_in(client, _staff(link))
    good = {"cadence": "daily", "hour": "18", "timezone": "Europe/Berlin"}
    assert client.post("/digest", data=good).status_code == 302
    assert 'value="Europe/Berlin"' in client.get("/digest").text
    wrong = client.post("/digest", data=good | {"timezone": "Mars/Base"})
    assert (
        wrong.status_code == 200 and "There is no such time zone." in wrong.text and "Mars/Base" in wrong.text
    )
