"""Answers by weeks before and after a Monday, and actions about them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from survey.actions.service import Terms, register
from survey.extensions import db
from survey.models import Action, User
from tests.survey.figures.organisation import Organisation, organisation, process

START = date(2026, 4, 6)  # a Monday
WEEK = timedelta(weeks=1)


def weeks(
    place: Organisation, ward: int, before: list[float], after: list[float], n: int = 24, **given: Any
) -> None:
    """`n` answers a week of which this share is satisfied, on the Mondays up to START and from it on."""
    chance = random.Random(ward + 1)
    first = START - len(before) * WEEK
    for at, share in enumerate([*before, *after]):
        good = sum(chance.random() < share for _ in range(n))
        day = first + at * WEEK
        place.answer(ward, 0, {"staff": 5}, good, submitted_on=day, **given)
        place.answer(ward, 0, {"staff": 2}, n - good, submitted_on=day, **given)


def hospital(*wards: tuple[list[float], list[float]], n: int = 24) -> Organisation:
    """Four wards, of which the first few have answers."""
    place = organisation()
    for ward, (before, after) in enumerate(wards):
        weeks(place, ward, before, after, n)
    process()
    return place


def terms(place: Organisation, *units: int, **given: Any) -> Terms:
    beside = given.pop("beside", ())
    defaults = {
        "title": "Rounds at noon",
        "question_code": "staff",
        "metric": "csat",
        "starts_on": START,
        "direction": "up",
        "expected": "Five points more within a quarter.",
        "responsible": "Head of the ward",
        "units": tuple(place.wards[unit] for unit in units or (0,)),
        "comparators": tuple(place.wards[unit] for unit in beside),
    }
    return Terms(**defaults | given)


def registered(place: Organisation, *units: int, by: User | None = None, **given: Any) -> Action:
    action = register(place.questionnaire, terms(place, *units, **given), by)
    db.session.commit()
    return action
