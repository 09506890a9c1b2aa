"""Merged counts against a recount of the responses themselves."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from survey.extensions import db
from survey.figures import Dimension, Filters, counts, subjects
from survey.figures.tallies import reading
from survey.models import Grain, Response, Tally, Unit
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


def test_several_units_are_counted_with_all_below_them(any_app: Flask) -> None:
    place = organisation()
    scatter(place, 120, 40)
    series = subjects(place.questionnaire.published)["staff"].series_id
    manager = factories.UserFactory(role="quality_manager", unit=place.top)
    chosen = [place.branches[0], place.wards[3]]
    found = counts(manager, place.filters(), [series], units=chosen)[series][()]
    each = [counts(None, place.filters(unit_path=unit.path), [series])[series][()] for unit in chosen]
    assert found == each[0] + each[1]


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_postgresql_never_reads_the_same_stretch_for_each_unit(any_app: Flask) -> None:
    """A plan that it keeps knows no unit: as a join it took twenty times as long as one for these units."""
    place = organisation()
    scatter(place, 20, 10)
    manager = factories.UserFactory(role="quality_manager", unit=place.top)
    db.session.commit()
    filters = place.filters(unit_path=place.branches[0].path)
    asked = reading(manager, filters, [1], [Dimension.PERIOD], [Tally.value], [func.sum(Tally.count)])
    assert asked is not None
    plan = _kept_plan(asked)
    assert "Join" not in plan
    assert "Nested Loop" not in plan


def _kept_plan(asked: Any) -> str:
    """As PostgreSQL makes it without looking at the values."""
    compiled = asked.compile(db.engine, compile_kwargs={"render_postcompile": True})
    statement = str(compiled)
    for number, name in enumerate(compiled.params, 1):
        statement = statement.replace(f"%({name})s", f"${number}")
    values = ", ".join(f"'{value}'" for value in compiled.params.values())
    connection = db.session.connection()
    connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
    connection.exec_driver_sql(f"PREPARE kept AS {statement}")
    plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN EXECUTE kept ({values})").scalars())
    connection.exec_driver_sql("DEALLOCATE kept")
    return plan
