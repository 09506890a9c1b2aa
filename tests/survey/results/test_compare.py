"""Any two sides, or many groups: difference, interval and verdict first, and only of what is published."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.actions import service
from tests import factories
from tests.survey.actions.weeks import terms
from tests.survey.figures.organisation import FIRST, Organisation, organisation, process
from tests.survey.results.pages import opened, signed_in, text_of

PATH = "/results/compare"


def _answers(place: Organisation, ward: int, service: int, yes: int, no: int, **given: Any) -> None:
    place.answer(ward, service, {"staff": 5}, times=yes, **given)
    place.answer(ward, service, {"staff": 1}, times=no, **given)


@pytest.fixture
def place(app: Flask) -> Organisation:
    place = organisation()
    _answers(place, 0, 0, 90, 10)
    _answers(place, 1, 0, 40, 60)
    _answers(place, 2, 0, 20, 10, channel="qr")
    _answers(place, 3, 1, 15, 15, channel="qr", locale="zh_Hans")
    process()
    return place


def _rows(client: FlaskClient, code: str = "difference", **asked: Any) -> dict[str, list[str]]:
    days = {"from": "2026-01-01", "to": "2026-01-31"}
    answer = client.get(f"{PATH}/{code}.csv", query_string=days | asked)
    assert answer.status_code == 200
    return {row[0]: row[1:] for row in csv.reader(io.StringIO(answer.text[1:]))}


def test_two_units_are_compared_by_their_difference_first(place: Organisation, client: FlaskClient) -> None:
    page = text_of(opened(signed_in(client), PATH, by="unit", one="ward-0", other="ward-1"))
    assert "Unit ward-0 and Unit ward-1 differ: likely real" in page
    assert "Unit ward-0 is 50 points better than Unit ward-1: likely real, probably between" in page
    assert "Both sides are taken as different people" in page
    rows = _rows(client, by="unit", one="ward-0", other="ward-1")
    assert rows["Unit ward-0"][3] == "100"
    assert rows["Difference, as answered"][0] == "50.0"


def test_the_test_and_its_p_are_one_click_away(place: Organisation, client: FlaskClient) -> None:
    page = opened(signed_in(client), PATH, by="unit", one="ward-0", other="ward-1")
    details = page[page.index('<details class="method">') :]
    assert "Pearson&#39;s chi-square test" in details
    assert "<dt>P</dt><dd>&lt;0.001</dd>" in details
    assert "Cohen&#39;s h" in details


def test_where_nothing_can_be_told_the_smallest_difference_is_said(
    place: Organisation, client: FlaskClient
) -> None:
    page = text_of(opened(signed_in(client), PATH, by="unit", one="ward-2", other="ward-3"))
    assert "but we cannot tell it from chance" in page
    assert "in four of five cases" in page


def test_ranks_stand_beside_means_on_a_short_scale(place: Organisation, client: FlaskClient) -> None:
    page = text_of(opened(signed_in(client), PATH, by="unit", one="ward-0", other="ward-1", metric="mean"))
    assert "Mann–Whitney test" in page
    assert "Comparing the order of the answers instead of their average gives the same result." in page
    assert "Welch&#39;s t test" in page


def test_another_mix_is_warned_of_and_adjusted_for(place: Organisation, client: FlaskClient) -> None:
    """Ward 0 is asked in service type 0 and 1, ward 1 mostly in 1, where answers are worse."""
    _answers(place, 0, 1, 20, 20)
    _answers(place, 1, 1, 75, 75)
    process()
    asked = {"by": "unit", "one": "ward-0", "other": "ward-1"}
    page = text_of(opened(signed_in(client), PATH, **asked))
    assert "Take care: by service type, different people answered." in page
    assert "With the same mix by service type:" in page
    rows = _rows(client, **asked)
    assert float(rows["Difference, as answered"][0]) != float(rows["Difference, same mix: service type"][0])
    assert _rows(client, "mix-service_type", **asked)["Service service-0"] == [
        "71.4286",
        "100",
        "40.0",
        "100",
    ]


def test_the_same_days_of_the_year_before_are_the_other_period(
    place: Organisation, client: FlaskClient
) -> None:
    _answers(place, 0, 0, 30, 30, submitted_on=FIRST.replace(year=2025))
    process()
    page = text_of(opened(signed_in(client), PATH, by="period"))
    assert "Jan 1, 2026 – Jan 31, 2026 is 13 points better than Jan 1, 2025 – Jan 31, 2025" in page


def test_periods_that_follow_each_other_are_not_tested(place: Organisation, client: FlaskClient) -> None:
    _answers(place, 0, 0, 30, 30, submitted_on=date(2025, 12, 15))
    process()
    asked = {"by": "period", "base_from": "2025-12-01", "base_to": "2025-12-31"}
    page = opened(signed_in(client), PATH, **asked)
    told = text_of(page)
    assert "One period follows the other directly." in told
    assert "interrupted time series" in told
    assert "likely real" not in told
    assert "<dt>P</dt>" not in page


def test_a_date_of_change_leads_to_the_series_and_to_actions(
    place: Organisation, client: FlaskClient
) -> None:
    """Never a bare test: the series over both periods, the actions that began then, and the form for another."""
    _answers(place, 0, 0, 30, 30, submitted_on=date(2025, 12, 15))
    process()
    service.register(place.questionnaire, terms(place, title="Rounds", starts_on=date(2026, 1, 8)), None)
    service.register(place.questionnaire, terms(place, title="Later", starts_on=date(2026, 3, 8)), None)
    asked = {"by": "period", "unit": "branch-0", "base_from": "2025-12-01", "base_to": "2025-12-31"}
    page = opened(signed_in(client), PATH, **asked)
    assert re.search(r"/results/trend\?[^\"]*from=2025-12-01&amp;to=2026-01-31", page)
    assert "Action “Rounds” of Jan 8, 2026" in page and "Later" not in page
    link = re.search(r'href="(/improve/actions/new[^"]*)"', page)
    assert link
    form = client.get(unescape(link[1])).text
    assert re.search(r'name="starts_on"[^>]*value="2026-01-01"', form)
    assert re.search(r'checked[^>]*value="branch-0"', form)
    assert '<option selected value="staff|csat">' in form
    assert "/improve/actions/new" not in opened(signed_in(client, "auditor"), PATH, **asked)


def test_actions_of_units_of_others_are_not_named(place: Organisation, client: FlaskClient) -> None:
    service.register(place.questionnaire, terms(place, title="Rounds", starts_on=date(2026, 1, 8)), None)
    _answers(place, 2, 0, 30, 30, submitted_on=date(2025, 12, 15))
    process()
    head = signed_in(client, "head_of_unit", place.branches[1])
    page = opened(head, PATH, by="period", base_from="2025-12-01", base_to="2025-12-31")
    assert "Trend over both periods" in page and "Rounds" not in page


def test_periods_that_overlap_are_refused_beside_the_field(place: Organisation, client: FlaskClient) -> None:
    page = text_of(opened(signed_in(client), PATH, by="period", base_from="2025-12-01", base_to="2026-01-05"))
    assert "The two periods overlap." in page
    assert "There is nothing to compare yet" in page


@pytest.mark.parametrize(
    ("by", "one", "other", "told"),
    [
        ("service_type", "service-0", "service-1", "Service service-0 is"),
        ("channel", "web", "qr", "Web is"),
        ("locale", "en", "zh_Hans", "English is"),
    ],
)
def test_services_channels_and_languages_are_sides_too(
    place: Organisation, client: FlaskClient, by: str, one: str, other: str, told: str
) -> None:
    assert told in text_of(opened(signed_in(client), PATH, by=by, one=one, other=other))


@pytest.mark.parametrize(
    ("by", "one", "others", "n"),
    [
        ("unit", "ward-0", "all other units", 160),
        ("unit", "branch-1", "all other units", 200),
        ("service_type", "service-0", "all other service types", 30),
        ("channel", "web", "all other channels", 60),
        ("locale", "en", "all other languages", 30),
    ],
)
def test_one_side_against_all_others(
    place: Organisation, client: FlaskClient, by: str, one: str, others: str, n: int
) -> None:
    rows = _rows(signed_in(client), by=by, one=one, other="~rest")
    assert rows[others][3] == str(n)
    page = text_of(opened(client, PATH, by=by, one=one, other="~rest"))
    assert others in page and "Who answered" in page


def test_all_others_are_those_of_the_chosen_area(place: Organisation, client: FlaskClient) -> None:
    signed_in(client)
    within = {"by": "unit", "one": "ward-0", "other": "~rest", "unit": "branch-0"}
    assert _rows(client, **within)["all other units"][3] == "100"
    elsewhere = within | {"unit": "branch-1"}
    assert _rows(client, **elsewhere)["all other units"][3] == "160"
    assert "There is nobody else" in opened(client, PATH, by="unit", one="top", other="~rest")


def test_a_side_of_few_has_no_others(place: Organisation, client: FlaskClient) -> None:
    small = organisation_of_few(place)
    page = opened(signed_in(client), PATH, by="unit", one=small, other="~rest")
    assert "Too few people answered on one of the sides" in text_of(page)
    assert 'type="application/json"' not in page


def test_all_units_are_compared_with_correction(place: Organisation, client: FlaskClient) -> None:
    page = text_of(opened(signed_in(client), PATH, by="unit"))
    assert "Not all of the 4 groups are alike: that is likely real." in page
    assert "Of 6 pairs 4 differ, likely real after allowing for so many comparisons (Holm)." in page
    assert _rows(client, by="unit")["Unit ward-0 – Unit ward-1"][3] == "likely real"


@pytest.mark.parametrize("by", ["service_type", "channel", "locale"])
def test_all_of_any_kind_are_compared(place: Organisation, client: FlaskClient, by: str) -> None:
    assert "<h2" in opened(signed_in(client), PATH, by=by)
    assert len(_rows(client, "groups", by=by)) >= 3


def test_a_side_of_few_is_not_shown(place: Organisation, client: FlaskClient) -> None:
    other = organisation_of_few(place)
    page = opened(signed_in(client), PATH, by="unit", one="ward-0", other=other)
    assert "Too few people answered on one of the sides" in text_of(page)
    assert 'type="application/json"' not in page


def organisation_of_few(place: Organisation) -> str:
    small = factories.UnitFactory(code="small-ward", parent=place.branches[0])
    place.wards.append(small)
    _answers(place, 4, 0, 2, 1)
    process()
    return "small-ward"


def test_a_unit_and_a_part_of_it_are_not_two_sides(place: Organisation, client: FlaskClient) -> None:
    page = text_of(opened(signed_in(client), PATH, by="unit", one="branch-0", other="ward-0"))
    assert "One of these units is part of the other" in page


def test_one_side_alone_and_the_same_twice_are_told(place: Organisation, client: FlaskClient) -> None:
    signed_in(client)
    assert "choose the other side too" in opened(client, PATH, by="unit", one="ward-0")
    assert "choose two different sides" in opened(client, PATH, by="channel", one="web", other="web")
    assert "Please choose one of the list" in opened(client, PATH, by="channel", one="pigeon", other="web")


def test_a_unit_of_others_looks_like_one_that_is_not_there(place: Organisation, client: FlaskClient) -> None:
    signed_in(client, "head_of_unit", place.branches[0])
    for code in ("ward-2", "nowhere"):
        assert (
            client.get(PATH, query_string={"by": "unit", "one": "ward-0", "other": code}).status_code == 404
        )


def test_another_questionnaire_is_compared_on_the_same_question_only(
    place: Organisation, client: FlaskClient
) -> None:
    signed_in(client)
    assert "There is only one questionnaire" in text_of(opened(client, PATH, by="questionnaire"))
    questions = factories.document()["sections"][0]["questions"]
    for code, changed in (
        ("same", {}),
        ("scale", {"points": [{"value": v} for v in range(1, 8)]}),
        ("other", {"code": "else"}),
    ):
        asked = [{**questions[0], **changed}, questions[1]]
        made = factories.published(code=code, sections=[{"code": "all", "questions": asked}])
        beside = Organisation(made, place.top, place.branches, place.wards, place.services)
        beside.answer(0, 0, {changed.get("code", "staff"): 5}, times=30)
    process()
    own = {"by": "questionnaire", "questionnaire": "small"}
    assert "Small questionnaire is" in text_of(opened(client, PATH, other="same", **own))
    assert "on another scale" in text_of(opened(client, PATH, other="scale", **own))
    assert "does not ask" in text_of(opened(client, PATH, other="other", **own))


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
@pytest.mark.parametrize("by", ["unit", "period", "service_type", "channel", "locale", "questionnaire"])
def test_the_page_opens_in_each_language(
    place: Organisation, client: FlaskClient, by: str, locale: str
) -> None:
    assert 'class="chart' in opened(signed_in(client), PATH, by=by, lang=locale)


def test_without_answers_the_page_says_so(place: Organisation, client: FlaskClient) -> None:
    page = opened(signed_in(client), PATH, **{"from": "2020-01-01", "to": "2020-01-31"})
    assert "No responses in this selection" in page


def test_answers_that_are_all_alike_and_single_ones_have_a_state(app: Flask, client: FlaskClient) -> None:
    place = organisation()
    place.answer(0, 0, {"staff": 5}, times=20)
    place.answer(2, 0, {"staff": 5}, times=20)
    place.answer(3, 0, {"staff": "na"}, times=20)
    process()
    signed_in(client)
    for metric in ("csat", "mean", "mean_100"):
        for other in ("ward-2", "ward-3", "branch-1"):
            page = opened(client, PATH, by="unit", one="ward-0", other=other, metric=metric)
            assert "nan" not in text_of(page).lower().split()
        opened(client, PATH, by="unit", metric=metric)
