"""Merged counts against a recount of the responses themselves."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from survey.extensions import db
from survey.figures import Dimension, Filters, counts, subjects
from survey.models import Grain, Response, Unit
from survey.processing.cuts import period_start
from tests import factories
from tests.survey.figures.organisation import FIRST, Organisation, organisation, process, scatter

SPREAD = 100  # days
days = st.integers(-40, SPREAD + 40).map(lambda i: FIRST + timedelta(days=i))


@st.composite
def questions(draw: st.DrawFn) -> tuple[dict[str, Any], list[Dimension], Grain]:
    first, last = sorted((draw(days), draw(days)))
    given = {
        "first_on": first,
        "last_on": last,
        "channel": draw(st.sampled_from(["", "", "web", "kiosk", "paper"])),
        "locale": draw(st.sampled_from(["", "", "en", "zh_Hant"])),
        "unit_path": draw(st.sampled_from(["", "top", "branch-1", "ward-2"])),
        "service_type_ids": draw(st.sampled_from([(), (0,), (0, 1)])),
    }
    return given, draw(st.lists(st.sampled_from(Dimension), unique=True)), draw(st.sampled_from(Grain))


def _recount(
    rows: list[Any], filters: Filters, dimensions: list[Dimension], grain: Grain
) -> dict[Any, Counter[str]]:
    found: dict[Any, Counter[str]] = {}
    for row, path in rows:
        day: date = row.submitted_on
        if not (
            filters.first_on <= day <= filters.last_on
            and path.startswith(filters.unit_path)
            and row.service_type_id in (filters.service_type_ids or {row.service_type_id})
            and row.channel in (filters.channel or row.channel,)
            and row.locale in (filters.locale or row.locale,)
        ):
            continue
        of = {
            "unit": row.unit_id,
            "service_type": row.service_type_id,
            "period": period_start(day, grain),
            "channel": row.channel,
            "locale": row.locale,
        }
        key = tuple(of[dimension] for dimension in dimensions)
        found.setdefault(key, Counter())[str(row.answers.get("staff", "missing"))] += 1
    return found


def _filters(place: Organisation, given: dict[str, Any]) -> Filters:
    paths = {unit.code: unit.path for unit in db.session.scalars(select(Unit))} | {"": ""}
    ids = frozenset(place.services[i].id for i in given["service_type_ids"])
    return place.filters(**given | {"unit_path": paths[given["unit_path"]], "service_type_ids": ids})


def test_whatever_is_asked_the_tallies_say_what_the_responses_say(any_app: Flask) -> None:
    place = organisation()
    scatter(place, 400, SPREAD)
    series = subjects(place.questionnaire.published)["staff"].series_id
    rows = list(db.session.execute(select(Response, Unit.path).join(Unit, Unit.id == Response.unit_id)))
    rows = [(row, path) for row, path in rows]

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(questions())
    def agree(question: tuple[dict[str, Any], list[Dimension], Grain]) -> None:
        given, dimensions, grain = question
        filters = _filters(place, given)
        found = counts(None, filters, [series], dimensions, grain)[series]
        assert found == _recount(rows, filters, dimensions, grain)

    agree()


def test_a_person_is_told_of_the_own_units_only(any_app: Flask) -> None:
    place = organisation()
    for ward in range(4):
        place.answer(ward, 0, {"staff": ward + 1}, times=3)
    process()
    series = subjects(place.questionnaire.published)["staff"].series_id

    def seen(role: str, unit: Unit | None) -> dict[str, int]:
        person = factories.UserFactory(role=role, unit_id=unit.id if unit else None, unit=unit)
        found = counts(person, place.filters(), [series])[series]
        return dict(found.get((), {}))

    assert seen("administrator", None) == {"1": 3, "2": 3, "3": 3, "4": 3}
    assert seen("quality_manager", place.branches[0]) == {"1": 3, "2": 3}
    assert seen("staff", place.wards[3]) == {"4": 3}
    assert seen("staff", place.branches[0]) == {}


def test_many_series_are_read_together(app: Flask) -> None:
    place = organisation()
    scatter(place, 60, 60)
    found = counts(None, place.filters(last_on=FIRST + timedelta(days=50)), range(1, 400))
    assert set(found) == set(range(1, 400))
    assert sum(1 for counted in found.values() if counted) == len(place.questionnaire.published.series)


def test_a_questionnaire_without_responses_has_no_counts(app: Flask) -> None:
    place = organisation()
    assert counts(None, place.filters(), [1]) == {1: {}}
