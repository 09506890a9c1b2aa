"""A list of comments about a topic has exactly those that mention it, whichever index it is read along."""

from __future__ import annotations

import itertools
import random
import uuid

import pytest
from flask import Flask

from analysis.searching import terms
from survey.extensions import db
from survey.figures import Filters, comments
from survey.figures.comment_filters import NO_TOPIC, About, Wanted
from survey.figures.comment_topics import known_topics, leads, topics_of
from survey.models import Comment, CommentTopic, OwnTopic
from tests.survey.figures.organisation import FIRST, Organisation, organisation, process

SAID = (
    "The nurses were friendly.", "We waited far too long.", "Friendly nurses, but a terrible wait.", "护士态度很好，等太久",
    "N/A", "Nothing of note about parrots.", "The bill was wrong and the wait was long.",
)  # fmt: skip
DAYS = [FIRST.replace(day=day) for day in (3, 9, 20)]


@pytest.fixture
def place(any_app: Flask) -> Organisation:
    place, chance = organisation(), random.Random(3)  # noqa: S311
    for _number in range(80):
        said = {"staff": 5, "why": chance.choice(SAID)}
        place.answer(chance.randrange(4), 0, said, submitted_on=chance.choice(DAYS))
    process()
    return place


def _filters(place: Organisation, unit: int | None = None) -> Filters:
    path = place.wards[unit].path if unit is not None else ""
    return Filters(place.questionnaire.id, DAYS[0], DAYS[-1], unit_path=path)


def _found(filters: Filters, wanted: Wanted, up: bool = False) -> list[uuid.UUID]:
    """Page by page; `up` back again from the last page."""
    pages, mark = [], None
    while True:
        pages.append(comments.page(None, filters, wanted, without=(), older_than=mark, size=7))
        mark = pages[-1].older
        if mark is None:
            break
    while up and pages[-1].newer:
        pages.append(comments.page(None, filters, wanted, without=(), newer_than=pages[-1].newer, size=7))
    return [one.comment.response_id for page in pages for one in page.comments]


def _mentioning(topic: str, label: str = "") -> set[uuid.UUID]:
    statement = db.select(CommentTopic.response_id).where(
        CommentTopic.topic == topic, CommentTopic.subtopic == ""
    )
    return set(db.session.scalars(statement.where(CommentTopic.label == label) if label else statement))


def test_those_that_mention_it_are_listed_once_and_newest_first(place: Organisation) -> None:
    for case in itertools.product((None, 2), ("", "negative", "positive"), ("", "wait")):
        _check_one(place, *case)


def _check_one(place: Organisation, unit: int | None, label: str, query: str) -> None:
    wanted = Wanted(about=About("waiting", label), terms=tuple(terms(query)))
    found = _found(_filters(place, unit), wanted)
    stored = {row.response_id: row for row in db.session.scalars(db.select(Comment))}
    ward = place.wards[2].id
    expected = {
        id_
        for id_ in _mentioning("waiting", label)
        if (unit is None or stored[id_].unit_id == ward) and query in stored[id_].text
    }
    assert len(found) == len(set(found)) and set(found) == expected
    days = [stored[id_].submitted_on for id_ in found]
    assert days == sorted(days, reverse=True)


def test_pages_lead_back(place: Organisation) -> None:
    wanted = Wanted(about=About("waiting"))
    assert leads(wanted, None)
    there = _found(_filters(place), wanted)
    back = _found(_filters(place), wanted, up=True)
    assert len(there) > 14 and set(back) == set(there) and back[-7:] == there[:7]


def test_what_is_told_of_topics(place: Organisation) -> None:
    _no_topic(place)
    _order()
    _own_topics(place)
    _plan(place)


def _no_topic(place: Organisation) -> None:
    found = _found(_filters(place), Wanted(about=About(NO_TOPIC)))
    texts = {db.session.get_one(Comment, (id_, "why")).text for id_ in found}
    assert texts == {"Nothing of note about parrots."}


def _order() -> None:
    one = db.session.scalars(db.select(Comment).where(Comment.text == SAID[2])).first()
    key = one.response_id, one.question_code
    assert topics_of([key]) == {key: [("attitude", "positive"), ("waiting", "negative")]}
    assert topics_of([]) == {}


def _own_topics(place: Organisation) -> None:
    """One that has ended can be chosen by its address only."""
    at = place.questionnaire.versions[0].published_at
    db.session.add(OwnTopic(code="parrots", names={"en": "Parrots"}, made_at=at, ended_at=at))
    db.session.add(OwnTopic(code="whales", names={"en": "Whales"}, made_at=at))
    assert known_topics()[-1] == "whales" and known_topics("parrots")[-2:] == ["parrots", "whales"]


def _plan(place: Organisation) -> None:
    """A topic of many units is read along its index."""
    listing = comments._listed(None, _filters(place), Wanted(about=About("waiting", "negative")), ())
    statement = comments._after(listing, None, False, Wanted()).limit(26)
    if db.engine.dialect.name != "sqlite":
        return  # its planner goes by what is stored, and little is
    sql = statement.compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = [row[3] for row in db.session.execute(db.text(f"EXPLAIN QUERY PLAN {sql}"))]
    assert plan[0].startswith("SEARCH comment_topic USING INDEX ix_comment_topic_page")
    assert not any("TEMP B-TREE" in step for step in plan)
