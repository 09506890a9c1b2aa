"""Targets: inherited, judged by the interval, drawn into the overview."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.figures import targets_of
from survey.models import Target
from survey.targets.service import end, set_target
from tests.survey.figures.organisation import FIRST, Organisation, organisation, process
from tests.survey.results.pages import DAYS, signed_in, table, text_of

CSAT = ("staff", "csat")
JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 12, 31)
FORM = {"unit": "ward-0", "measured": "staff|csat", "value": "85", "valid_from": "2026-01-01", "valid_to": ""}


def given(
    place: Organisation, unit: Any, value: float, first: date = JANUARY, last: date | None = None
) -> Target:
    target = set_target(place.questionnaire, unit, CSAT, value, (first, last), None)
    db.session.commit()
    return target


@pytest.fixture
def place(app: Flask) -> Organisation:
    """Ward 0: 90 of 100 satisfied; ward 1: 80 of 100; ward 3 has 3 answers, which hides ward 2 beside it."""
    made = organisation()
    for ward, good, bad in ((0, 90, 10), (1, 80, 20), (2, 16, 4), (3, 3, 0)):
        made.answer(ward, 0, {"staff": 5}, good)
        made.answer(ward, 0, {"staff": 1}, bad)
    process()
    return made


def shown(client: FlaskClient, **more: str) -> str:
    answer = client.get("/improve/targets", query_string=DAYS | {"level": "leaf"} | more)
    assert answer.status_code == 200
    return answer.text


def test_each_unit_has_its_own_target_or_that_of_the_nearest_unit_above(app: Flask) -> None:
    place = organisation()
    given(place, place.top, 70)
    given(place, place.branches[0], 80)
    given(place, place.wards[1], 90)
    targets = targets_of(place.questionnaire.id)
    held = [targets.value(ward, *CSAT, FIRST) for ward in place.wards]
    assert held == [80, 90, 70, 70]
    assert targets.value(place.wards[0], "staff", "mean", FIRST) is None
    assert targets.value(place.wards[0], *CSAT, date(2025, 12, 31)) is None


def test_a_target_holds_from_its_first_day_to_its_last(app: Flask) -> None:
    place = organisation()
    given(place, place.top, 70, date(2026, 2, 1), date(2026, 2, 28))
    given(place, place.top, 75, date(2026, 3, 1))
    value = targets_of(place.questionnaire.id).value
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1), date(2030, 1, 1)]
    assert [value(place.top, *CSAT, day) for day in days] == [None, 70, 70, 75, 75]


def test_met_is_said_of_the_interval_never_of_the_figure_alone(app: Flask, place: Organisation) -> None:
    given(place, place.top, 79)
    client = signed_in(app.test_client())
    rows = csv_of(client)
    assert rows["Unit ward-0"][-2] == "met"
    assert rows["Unit ward-1"][0] == "80.0" and rows["Unit ward-1"][-2] == "cannot_tell"
    for hidden in ("Unit ward-2", "Unit ward-3"):
        assert rows[hidden][:4] == ["", "", "", ""] and rows[hidden][-2] == "cannot_tell"
    given(place, place.wards[1], 95)
    assert csv_of(client)["Unit ward-1"][-2] == "not_met"


def csv_of(client: FlaskClient, **more: str) -> dict[str, list[str]]:
    answer = client.get(
        "/improve/targets/chart/target-staff-csat.csv", query_string=DAYS | {"level": "leaf"} | more
    )
    assert answer.status_code == 200
    return {line.split(",")[0]: line.split(",")[1:] for line in answer.text[1:].splitlines()}


def test_the_page_names_what_was_set_by_whom_and_until_when(app: Flask, place: Organisation) -> None:
    given(place, place.wards[0], 80, JANUARY, DECEMBER)
    client = signed_in(app.test_client())
    client.post("/improve/targets/new?questionnaire=small", data=FORM | {"unit": "top", "value": "90"})
    said = text_of(shown(client))
    assert "Target met: 1. Not met: 1. Cannot tell: 2." in said
    assert "Dec 31, 2026" in said and "until further notice" in said
    assert re.search(r"Set by.*Person \d", said)


def test_a_head_sees_the_target_that_was_set_above_but_not_where(app: Flask, place: Organisation) -> None:
    given(place, place.top, 79)
    rows = csv_of(signed_in(app.test_client(), "head_of_unit", place.wards[0]))
    assert rows["Unit ward-0"][-3:] == ["79.0", "met", "a unit above"]
    assert "Unit ward-1" not in rows


def test_without_a_target_the_page_says_what_to_do(app: Flask, place: Organisation) -> None:
    assert "No target holds here" in shown(signed_in(app.test_client()))
    assert "/improve/targets/new" not in shown(signed_in(app.test_client(), "auditor"))


def figure(page: str, code: str) -> dict[str, Any]:
    found = re.search(rf'id="figure-{code}">(.*?)</script>', page, re.S)
    assert found
    made: dict[str, Any] = json.loads(found.group(1))["figure"]
    return made


def dashed(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace.get("line", {}).get("dash") == "dash"]


def test_the_overview_draws_the_targets_that_hold(app: Flask, place: Organisation) -> None:
    client = signed_in(app.test_client())
    asked = DAYS | {"level": "leaf", "grain": "day"}
    assert not dashed(figure(client.get("/results", query_string=asked).text, "units"))
    given(place, place.top, 97)
    given(place, place.wards[1], 60)
    page = client.get("/results", query_string=asked).text
    (units,) = dashed(figure(page, "units"))
    assert {x for x in units["x"] if x is not None} == {97, 60} and units["name"] == "Target"
    (trend,) = dashed(figure(page, "trend"))
    assert set(trend["y"]) == {97} and trend["name"] == "Target 97.0%"
    assert figure(page, "trend")["layout"]["yaxis"]["range"][1] >= 97


def test_two_targets_of_one_unit_never_hold_on_one_day(app: Flask) -> None:
    place = organisation()
    given(place, place.top, 70, date(2026, 2, 1), date(2026, 2, 28))
    for first, last in (
        (date(2026, 2, 28), None),
        (date(2026, 1, 1), date(2026, 2, 1)),
        (date(2026, 1, 1), None),
        (date(2026, 2, 10), date(2026, 2, 11)),
    ):
        with pytest.raises(Conflict):
            given(place, place.top, 80, first, last)
    given(place, place.top, 80, date(2026, 1, 1), date(2026, 1, 31))
    given(place, place.wards[0], 80, date(2026, 2, 1))


def test_a_target_ends_earlier_never_later_and_not_before_it_began(app: Flask) -> None:
    place = organisation()
    target = given(place, place.top, 70, JANUARY, DECEMBER)
    for wrong in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(Invalid):
            end(target, wrong)
    end(target, date(2026, 6, 30))
    assert target.valid_to == date(2026, 6, 30)


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "101"},
        {"value": "-1"},
        {"value": "NaN"},
        {"value": "inf"},
        {"value": "1e999"},
        {"value": "many"},
        {"value": ""},
        {"valid_from": ""},
        {"valid_from": "2026-02-30"},
        {"valid_to": "2025-12-31"},
        {"measured": "why|csat"},
        {"measured": "staff|applause"},
        {"measured": ""},
        {"unit": ""},
    ],
)
def test_a_wrong_form_keeps_what_was_typed_and_sets_nothing(app: Flask, wrong: dict[str, str]) -> None:
    organisation()
    answer = signed_in(app.test_client()).post(
        "/improve/targets/new", data=FORM | {"valid_to": "2031-07-09"} | wrong
    )
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert "2031-07-09" in answer.text or "valid_to" in wrong
    assert db.session.scalar(select(func.count()).select_from(Target)) == 0


def test_units_of_others_get_no_target(app: Flask) -> None:
    place = organisation()
    foreign = given(place, place.wards[2], 70)
    client = signed_in(app.test_client(), "quality_manager", place.branches[0])
    assert client.post("/improve/targets/new", data=FORM | {"unit": "ward-2"}).status_code == 404
    assert client.get(f"/improve/targets/{foreign.id}/end").status_code == 404
    assert client.post("/improve/targets/new", data=FORM).status_code == 303


@pytest.mark.parametrize(
    "change",
    [
        "valid_to = '2025-01-01'",
        "value = 101",
        "value = -1",
        "metric = 'applause'",
        "value = NULL",
        "metric = 'ces'",
    ],
)
def test_the_database_refuses_targets_that_make_no_sense(any_app: Flask, change: str) -> None:
    place = organisation()
    given(place, place.top, 70)
    with pytest.raises(DBAPIError):
        db.session.execute(text(f"UPDATE target SET {change}"))
    db.session.rollback()


def test_the_table_of_the_overview_is_as_before(app: Flask, place: Organisation) -> None:
    given(place, place.top, 97)
    assert table(signed_in(app.test_client()), "units", level="leaf")["Unit ward-0"][0] == "90.0"
