"""A report says what the results page says, in every form, and shows nothing that is hidden."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from survey.extensions import db
from survey.models import AuditEntry, Report
from tests.payloads import FORMULAS
from tests.survey.figures.organisation import Organisation, process
from tests.survey.reports.asking import MONTH, asked, sheets, the_report, two_months
from tests.survey.results.pages import signed_in, table, text_of

MARCH = {"from": "2026-03-01", "to": "2026-03-31"}


@pytest.fixture
def place(app: Flask) -> Organisation:
    return two_months()


def test_page_workbook_and_results_page_give_the_same_figures(
    place: Organisation, client: FlaskClient
) -> None:
    address = asked(signed_in(client))
    page = text_of(client.get(address).text)
    assert "How was the staff? 112 108 " not in page
    results = table(client, "answers-1", **MARCH, question="staff")
    value, low, high = map(float, results["How was the staff?"][-3:])
    row = sheets(client.get(f"{address}/file.xlsx").data)["By question"][1]
    assert row[1:6] == [124, 112, pytest.approx(value), pytest.approx(low), pytest.approx(high)]
    assert f"How was the staff? 124 112 {value:.1f}% {low:.1f}% {high:.1f}% 60.0% +30.3 likely real" in page


def test_units_and_service_types_agree_with_the_results_page(
    place: Organisation, client: FlaskClient
) -> None:
    address = asked(signed_in(client))
    book = sheets(client.get(f"{address}/file.xlsx").data)
    for code, name in (("units", "By unit"), ("service-types", "By service type")):
        results = table(client, code, **MARCH)
        shown = {row[0]: [*row, *[""] * 7][:9] for row in book[name][1:] if len(row) > 1}
        assert shown.keys() == results.keys() - {next(iter(results))}
        for label, row in shown.items():
            wanted = results[label]
            got = ["" if isinstance(cell, str) else cell for cell in (row[3], row[4], row[5], row[1])]
            assert got == [pytest.approx(float(cell)) if cell else "" for cell in wanted], label


def test_what_is_hidden_is_nowhere_not_even_in_what_is_kept(place: Organisation, client: FlaskClient) -> None:
    address = asked(signed_in(client))
    page, report = client.get(address).text, the_report()
    small = next(one for one in report.snapshot["units"] if one["code"] == "ward-3")
    assert small["counts"][0] is None
    told = text_of(page)
    assert re.search(r"Unit ward-3 too few – – – – – – –", told)
    figures = [
        json.loads(one)["figure"] for one in re.findall(r'id="figure-[^>]*>(.*?)</script>', page, re.S)
    ]
    assert figures
    hidden = [trace for figure in figures for trace in figure["data"] if "Unit ward-3" in str(trace.get("y"))]
    assert all(4 not in (trace.get("customdata") or []) for trace in hidden)
    rows = sheets(client.get(f"{address}/file.xlsx").data)["By unit"]
    assert ["Unit ward-3", "too few"] in rows


def test_a_report_of_a_unit_is_about_it_and_all_below(place: Organisation, client: FlaskClient) -> None:
    page = text_of(client.get(asked(signed_in(client), unit="branch-0")).text)
    assert "Unit branch-0" in page and "How was the staff? 80 72 90.0%" in page
    assert "Unit ward-0" in page and "Unit ward-2" not in page


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("zh_Hans", "项目 例数 满意例数 满意度（%） 95% 区间下限 上限 上期 变化 判断"),
        ("zh_Hant", "項目 例數 滿意例數 滿意度（%） 95% 區間下限 上限 上期 變化 判斷"),
    ],
)
def test_the_language_of_the_report_is_its_own(
    place: Organisation, client: FlaskClient, language: str, heads: str
) -> None:
    answer = client.get(asked(signed_in(client), language=language))
    assert heads in text_of(answer.text)
    assert "Make the figures again" in answer.text  # the reader's
    assert f'<article class="report" lang="{language.replace("_", "-")}"' in answer.text


def test_quarters_years_and_spans_are_whole_months(place: Organisation, client: FlaskClient) -> None:
    signed_in(client)
    for given in (
        {"kind": "quarter", "month": "2026-02"},
        {"kind": "year", "month": "2026-07"},
        {"kind": "span", "month": "2026-02", "until": "2026-03"},
    ):
        asked(client, **given)
    days = {(str(one.first_on), str(one.last_on)) for one in db.session.query(Report)}
    assert days == {("2026-01-01", "2026-03-31"), ("2026-01-01", "2026-12-31"), ("2026-02-01", "2026-03-31")}


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "span", "until": ""},
        {"kind": "span", "until": "2026-01"},
        {"kind": "week"},
        {"month": "2026-13"},
        {"month": ""},
        {"questionnaire": "none"},
        {"language": "fr"},
    ],
)
def test_what_cannot_be_reported_is_said_beside_its_field(
    place: Organisation, client: FlaskClient, given: dict[str, str]
) -> None:
    answer = signed_in(client).post("/reports/", data=MONTH | given)
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert db.session.scalar(select(func.count()).select_from(Report)) == 0


def test_a_period_without_or_with_few_answers_says_so(app: Flask, client: FlaskClient) -> None:
    place = two_months()
    empty = text_of(client.get(asked(signed_in(client), month="2026-06")).text)
    assert "Nobody answered in this period" in empty
    few = text_of(client.get(asked(client, unit="ward-3")).text)
    assert "Too few people answered" in few and "90.3" not in few
    assert (
        "units"
        not in db.session.scalars(select(Report.snapshot).where(Report.unit_id == place.wards[3].id)).one()
    )


def test_formulas_in_names_stay_words(app: Flask, client: FlaskClient) -> None:
    place = two_months()
    for ward, formula in zip(place.wards[:3], FORMULAS, strict=False):
        ward.names = {"en": formula}
    db.session.commit()
    content = client.get(f"{asked(signed_in(client))}/file.xlsx").data
    texts = [
        cell for rows in sheets(content).values() for row in rows for cell in row if isinstance(cell, str)
    ]
    assert b"<f>" not in content
    assert not [cell for cell in texts if re.match(r"\s*[=+@＝＋＠]", cell)]


def test_who_made_and_who_took_a_report_stands_in_the_trail(place: Organisation, client: FlaskClient) -> None:
    address = asked(signed_in(client))
    client.get(address)
    client.get(f"{address}/file.xlsx")
    found = (
        db.session.execute(select(AuditEntry.deed).where(AuditEntry.thing_kind == "report")).scalars().all()
    )
    assert found == ["created", "saw", "downloaded"]


def _head(client: FlaskClient, place: Organisation, unit: int) -> FlaskClient:
    return signed_in(client, "head_of_unit", place.branches[unit])


def test_reports_open_to_those_who_see_the_unit(place: Organisation, app: Flask) -> None:
    administrator, mine, other = (app.test_client() for _ in range(3))
    address = asked(signed_in(administrator), unit="branch-0")
    assert _head(mine, place, 0).get(address).status_code == 200
    assert _head(other, place, 1).get(address).status_code == 404
    whole = asked(administrator)
    assert mine.get(whole).status_code == 404


def test_what_a_head_sees_alone_is_not_opened_to_those_who_could_subtract(
    place: Organisation, app: Flask
) -> None:
    """Of its own branch a head sees more than follows the rule for everybody: an administrator makes an own report."""
    administrator, head = app.test_client(), app.test_client()
    address = asked(_head(head, place, 0), unit="branch-0")
    assert head.get(address).status_code == 200
    assert signed_in(administrator).get(address).status_code == 404
    assert address.rsplit("/", 1)[1] not in administrator.get("/reports/").text


def test_a_head_is_offered_and_given_own_units_only(place: Organisation, client: FlaskClient) -> None:
    _head(client, place, 0)
    page = client.get("/reports/").text
    assert "branch-0" in page and "branch-1" not in page and "The whole organisation" not in page
    assert client.post("/reports/", data=MONTH | {"unit": "branch-1"}).status_code == 404
    assert client.post("/reports/", data=MONTH | {"unit": ""}).status_code == 422


def test_staff_get_no_reports(place: Organisation, client: FlaskClient) -> None:
    assert signed_in(client, "staff", place.wards[0]).get("/reports/").status_code == 403


def test_comments_without_a_known_sentiment_stand_beside_the_shares(
    place: Organisation, client: FlaskClient
) -> None:
    place.answer(0, 0, {"staff": 5, "why": "พยาบาลใจดีมาก"}, 7, submitted_on=date(2026, 3, 12))
    process()
    told = text_of(client.get(asked(signed_in(client))).text)
    assert "negative 120 12 10.0%" in told
    assert "undecided, in no share – 7 – – –" in told
