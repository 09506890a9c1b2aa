"""What an address may say, and what happens when it says nonsense."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st

from survey.figures import Filters
from survey.results.spans import PRESETS, span
from tests.survey.figures.organisation import Organisation, organisation, process
from tests.survey.results.pages import opened, signed_in, table, text_of


@pytest.fixture
def place(app: Flask) -> Organisation:
    place = organisation()
    place.answer(0, 0, {"staff": 5}, times=20, channel="qr", locale="en")
    place.answer(1, 1, {"staff": 1}, times=30, channel="web", locale="zh_Hant")
    process()
    return place


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("from", "yesterday", "Please give a day such as 2026-03-31."),
        ("from", "0001-01-01", "Please give a day between 2000 and 2099."),
        ("to", "2025-12-31", "The end lies before the beginning"),
        ("questionnaire", "no-such", "Please choose one of the list"),
        ("channel", "pigeon", "Please choose one of the list"),
        ("language", "fr", "Please choose one of the list"),
        ("service", "no-such", "the unknown one is left out"),
        ("level", "x", "Please choose one of the list"),
        ("grain", "hour", "Please choose one of the list"),
    ],
)
def test_a_wrong_value_is_told_beside_its_field(
    place: Organisation, client: FlaskClient, name: str, value: str, message: str
) -> None:
    page = opened(signed_in(client), **{name: value})
    assert message in page
    assert f'name="{name}"' in page


@pytest.mark.parametrize(
    "name", ["endpoint", "_external", "_anchor", "values", "question", "period", "older"]
)
def test_any_other_argument_does_no_harm(place: Organisation, client: FlaskClient, name: str) -> None:
    opened(signed_in(client), **{name: "%'\"<x>"})
    opened(client, "/results/comments", **{name: "%'\"<x>"})


def test_each_filter_narrows_the_figures(place: Organisation, client: FlaskClient) -> None:
    signed_in(client)
    for arguments in (
        {"unit": "ward-0"},
        {"service": "service-0"},
        {"channel": "qr"},
        {"language": "en"},
    ):
        rows = table(client, "service-types", **arguments)
        assert rows["Service service-0"][3] == "20"
        assert len(rows) == 2


def test_paper_says_what_was_chosen(place: Organisation, client: FlaskClient) -> None:
    page = opened(signed_in(client), unit="ward-0", service="service-0", channel="qr")
    said = text_of(page.partition('<dl class="on-paper">')[2].partition("</dl>")[0])
    for chosen in ("Unit and all below it Unit ward-0", "Service service-0", "QR code", "Main question"):
        assert chosen in said
    assert "Language" not in said
    said = text_of(opened(client).partition('<dl class="on-paper">')[2].partition("</dl>")[0])
    assert "Unit and all below it All" in said


def test_addresses_keep_the_filters(place: Organisation, client: FlaskClient) -> None:
    page = opened(signed_in(client), channel="qr", service="service-0")
    assert (
        "/results/chart/units.csv?from=2026-01-01&amp;to=2026-01-31&amp;channel=qr&amp;service=service-0"
        in page
    )


def test_the_period_before_is_as_long(app: Flask) -> None:
    assert Filters(1, date(2026, 3, 11), date(2026, 3, 20)).before() == Filters(
        1, date(2026, 3, 1), date(2026, 3, 10)
    )
    assert Filters(1, date(2026, 3, 1), date(2026, 4, 30)).before() == Filters(
        1, date(2026, 1, 1), date(2026, 2, 28)
    )


@example(date(2001, 1, 1), 942)
@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.integers(0, 5000))
def test_the_period_before_ends_where_this_one_begins(first: date, length: int) -> None:
    now = Filters(1, first, date.fromordinal(first.toordinal() + length))
    before = now.before()
    assert (now.first_on - before.last_on).days == 1
    assert before.first_on <= before.last_on
    # up to 30 days of a broken month that counts as one; and as many months differ by up to five days
    assert abs(before.days - now.days) <= 30 + 5


@given(st.sampled_from(sorted(PRESETS)), st.dates(date(2001, 1, 1), date(2090, 1, 1)))
def test_a_preset_ends_today(preset: str, today: date) -> None:
    first, last = span(preset, today, (date(2000, 5, 5), today))
    assert first <= last == today


def test_the_usual_period_is_said(place: Organisation, client: FlaskClient) -> None:
    page = signed_in(client).get("/results").text
    assert "No responses in this selection" in page or "response" in text_of(page)
    assert "Jan 20, 2026" in text_of(client.get("/results?period=all").text)
