"""What publication goes by is read once for everybody, and again when responses change."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy import event

from survey.extensions import db
from survey.figures import Filters, Publication, places, responses_series
from survey.models import RoleName, User
from tests import factories
from tests.survey.figures.organisation import FIRST, Organisation, organisation, process, scatter


@contextmanager
def _statements() -> Iterator[list[str]]:
    """That read counts of units: what publication goes by."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "tally.unit_id, " in statement:
            found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def _snapped(place: Organisation, person: User | None, days: int = 20) -> Filters | None:
    published = Publication(person, place.questionnaire.id, places(person), 10)
    series = responses_series(place.questionnaire.versions[0])
    return published.snap(series, place.filters(last_on=FIRST + timedelta(days=days)))


def test_counts_read_for_one_person_are_not_read_again_for_another(any_app: Flask) -> None:
    place = organisation()
    scatter(place, 200, 60)
    everybody = _snapped(place, None)
    head = factories.UserFactory(role=RoleName.HEAD_OF_UNIT, unit=place.wards[0])
    with _statements() as read:
        of_ward = _snapped(place, head)
        assert _snapped(place, None) == everybody
    assert read == []
    assert everybody is not None
    assert of_ward is not None
    assert of_ward.days > everybody.days  # fewer people, wider days


def test_counts_are_read_again_when_many_responses_came(any_app: Flask) -> None:
    place = organisation()
    place.answer(0, 0, {"staff": 5}, times=12)
    process()
    whole = _snapped(place, None, 0)
    place.answer(0, 0, {"staff": 5}, times=3, submitted_on=FIRST + timedelta(days=1))
    process()
    assert whole is not None
    assert _snapped(place, None, 0) == replace(whole, last_on=FIRST + timedelta(days=1))


def test_exactly_what_needs_no_other_days_is_shown(app: Flask) -> None:
    place = organisation()
    scatter(place, 500, 90)
    published = Publication(None, place.questionnaire.id, places(None), 10)
    series, chance = responses_series(place.questionnaire.versions[0]), random.Random(1)  # noqa: S311
    told: Counter[bool] = Counter()
    for _ in range(600):
        first = FIRST + timedelta(days=chance.randrange(-20, 100))
        one = place.filters(
            first_on=first,
            last_on=first + timedelta(days=chance.choice([0, 6, 13, 29, 60, 120])),
            unit_path=chance.choice(["", place.branches[0].path, place.wards[2].path]),
            service_type_ids=frozenset(chance.choice([(), (place.services[0].id,)])),
            channel=chance.choice(["", "", "web"]),
        )
        shown = published.shows(series, one)
        assert shown == (published.snap(series, one) == one)
        told[shown] += 1
    assert min(told[True], told[False]) > 50
