"""What happens after a submission, on each database."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select

from survey import clock, jobs
from survey.extensions import db
from survey.models import ANY, ANY_SERVICE, Comment, Response, Tally
from survey.processing import recount
from tests import factories


def _count(value: str, grain: str = "month") -> int:
    statement = select(func.sum(Tally.count)).where(
        Tally.value == value,
        Tally.grain == grain,
        Tally.channel == ANY,
        Tally.locale == ANY,
        Tally.service_type_id == ANY_SERVICE,
    )
    return db.session.scalar(statement) or 0


def test_a_processed_response_is_counted_once_in_every_cut(any_app: Flask) -> None:
    link = factories.link()
    factories.response(link, {"staff": 5, "why": "The nurse was very kind."})
    db.session.commit()
    assert jobs.process_waiting() == 1
    assert jobs.process_waiting() == 0
    assert _count("5") == _count("5", "week") == 1
    assert _count("positive") == 1
    assert list(recount.verify()) == []


def test_a_response_that_was_read_twice_counts_once(any_app: Flask) -> None:
    link = factories.link()
    for answers in ({"staff": 5}, {"staff": 5, "why": "The nurse was very kind."}):
        factories.response(link, answers)
    db.session.commit()
    readings = jobs._read(jobs._claimed())
    assert jobs.pipeline.record([*readings, *readings]) == 2
    db.session.commit()
    assert _count("5") == 2
    assert list(recount.verify()) == []


def test_not_applicable_and_missing_are_counted_apart(any_app: Flask) -> None:
    link = factories.link()
    factories.response(link, {"staff": "na"})
    factories.response(link, {})
    db.session.commit()
    jobs.process_waiting()
    assert (_count("na"), _count("missing")) == (1, 3)


def test_a_wrong_tally_is_found_and_rebuilt(any_app: Flask) -> None:
    link = factories.link()
    factories.response(link, {"staff": 4})
    db.session.commit()
    jobs.process_waiting()
    tally = db.session.scalars(select(Tally).where(Tally.value == "4")).first()
    assert tally is not None
    tally.count += 3
    db.session.commit()
    assert [d.stored - d.counted for d in recount.verify()] == [3]
    recount.rebuild()
    db.session.commit()
    assert list(recount.verify()) == []
    assert _count("4") == 1


def test_a_response_that_cannot_be_read_is_tried_again_and_stops_nobody(any_app: Flask) -> None:
    link = factories.link()
    factories.response(link, {"staff": 4})
    poison = factories.response(link, {"staff": 4})
    poison.answers = ["not", "a", "mapping"]
    db.session.commit()
    assert jobs.process_waiting() == 1
    again = db.session.get(Response, poison.id)
    assert again is not None
    assert again.processed_at is None
    assert (again.attempts, again.failure) == (1, "AttributeError")
    assert again.retry_at is not None


def test_a_text_that_was_sent_before_is_flagged(any_app: Flask) -> None:
    link = factories.link()
    for _ in range(2):
        factories.response(
            link, {"staff": 5, "why": "Everything was simply wonderful, from the first minute to the last!"}
        )
    db.session.commit()
    jobs.process_waiting()
    flags = db.session.scalars(select(Response.flags)).all()
    assert flags == [["duplicate_text"], ["duplicate_text"]]
    assert db.session.scalar(select(func.count()).select_from(Comment)) == 2


def test_short_texts_may_be_the_same_by_chance(any_app: Flask) -> None:
    link = factories.link()
    for text in ("Very good!", "Very good!", "很满意，没意见", "很满意，没意见"):
        factories.response(link, {"staff": 5, "why": text})
    db.session.commit()
    jobs.process_waiting()
    assert set(db.session.scalars(select(Response.flags))) == {None}


def test_when_an_anonymous_response_was_processed_is_known_to_the_day_only(any_app: Flask) -> None:
    link = factories.link()
    open_link = factories.link(
        questionnaire=factories.published(
            code="named", privacy={"notice": {"en": "Kept.", "zh_Hans": "保存。"}, "anonymous": False}
        )
    )
    day = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    hidden = factories.response(link, {"staff": 5}, submitted_at=day)
    named = factories.response(open_link, {"staff": 5})
    db.session.commit()
    jobs.process_waiting()
    assert hidden.processed_at is not None
    assert named.processed_at is not None
    assert (hidden.processed_at.hour, hidden.processed_at.minute, hidden.processed_at.microsecond) == (
        0,
        0,
        0,
    )
    assert named.processed_at.microsecond != 0
