"""Five thousand units: every page says what it shows of them, and no list or table has them all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from survey.extensions import db
from survey.models import Action, Link, Target
from tests import factories
from tests.survey.results import many_units
from tests.survey.results.pages import DAYS, signed_in, text_of

PAGES = (
    "/results",
    "/results/units",
    "/results/trend",
    "/results/ledger",
    "/results/matters",
    "/results/instrument",
    "/results/comments",
    "/results/compare",
    "/results/compare?by=unit&one=w0001&other=Ward+2+(w0002)",
    "/results/compare?by=unit&one=w0001&other=~rest",
    "/results/compare?by=service_type",
    "/results/compare?by=period",
    "/improve/targets",
    "/improve/targets/new",
    "/improve/actions/new",
    "/reports/",
    "/links",
    "/links/new?questionnaire=small",
)


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    found: list[str] = []
    note = lambda _c, _k, statement, *_more: found.append(statement)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def test_every_page_has_a_state_for_so_many(app: Flask, client: FlaskClient, statements: list[str]) -> None:
    many_units.answered(many_units.units())
    signed_in(client)
    for path in PAGES:
        statements.clear()
        page, _mark, asked = path.partition("?")
        answer = client.get(page, query_string=DAYS | dict(one.split("=") for one in asked.split("&") if one))
        assert answer.status_code == 200, path
        assert len(statements) < 80, path
        assert answer.text.count("<option") < 400, path
        assert answer.text.count("<tr") < 250, path
        assert answer.text.count('type="checkbox"') < 20, path
        assert len(answer.data) < 300_000, path
    overview = client.get("/results", query_string=DAYS).text
    assert "5,000 units answer here: too many for one picture." in text_of(overview)
    card = overview.split('id="units"')[1].split("</section>")[0]
    assert card.count('<th scope="row">') == 30 and "Ward 4999" in card
    for address in ("/results/chart/units.csv", "/results/units/units.csv", "/results/compare/groups.csv"):
        rows = list(csv.reader(io.StringIO(client.get(address, query_string=DAYS).text)))
        assert len(rows) == 1 + many_units.MANY, address


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("w0017", 'value="Ward 17 (w0017)"'),
        ("ward 17", 'value="Ward 17 (w0017)"'),
        ("Ward 17 (w0017)", 'value="Ward 17 (w0017)"'),
        ("ard 499", "11 units match “ard 499”"),
        ("nowhere", "There is no unit “nowhere”."),
        ("<b>", "There is no unit “&lt;b&gt;”."),
    ],
)
def test_a_unit_is_chosen_by_name_or_code(app: Flask, client: FlaskClient, typed: str, said: str) -> None:
    many_units.units(20)
    factories.published()
    page = signed_in(client).get("/results", query_string={"unit": typed}).text
    assert said in page
    assert page.count("<option") < 120


def test_units_of_others_are_not_found_by_name(app: Flask, client: FlaskClient) -> None:
    wards = many_units.units(2)
    factories.published()
    area = db.session.get(many_units.Unit, wards[0]).parent
    signed_in(client, "head_of_unit", area)
    for typed in ("w0001", "Ward 1"):
        page = client.get("/results", query_string={"unit": typed}).text
        assert "Ward 1 (w0001)" not in page


def test_forms_take_units_as_text(app: Flask, client: FlaskClient) -> None:
    many_units.units(20)
    factories.published()
    factories.ServiceTypeFactory(code="s")
    signed_in(client)
    action = {
        "title": "Rounds",
        "units": "Ward 1 (w0001)\r\nw0002\r\n",
        "comparators": "ward 7",
        "measured": "staff|csat",
        "starts_on": "2026-04-06",
        "direction": "up",
        "expected": "More.",
        "responsible": "Head",
    }
    wrong = client.post("/improve/actions/new", data=action | {"units": "w0001\nno such ward"})
    assert wrong.status_code == 422 and "There is no unit “no such ward”" in wrong.text
    assert "no such ward</textarea>" in wrong.text
    assert client.post("/improve/actions/new", data=action).status_code == 303
    assert [unit.code for unit in db.session.query(Action).one().now.units()] == ["w0001", "w0002"]
    target = {"unit": "ward 12", "measured": "staff|csat", "value": "80", "valid_from": "2026-01-01"}
    assert client.post("/improve/targets/new", data=target).status_code == 303
    assert db.session.query(Target).one().unit.code == "w0012"
    link = {"unit": "w0003", "service_type": "s", "channel": "qr", "locale": "", "form_key": "k"}
    assert client.post("/links/new?questionnaire=small", data=link | {"unit": "ward"}).status_code == 422
    assert client.post("/links/new?questionnaire=small", data=link).status_code == 303
    assert db.session.query(Link).one().unit.code == "w0003"
    assert "units match “ward”" in client.get("/links?unit=ward", follow_redirects=True).text


def test_a_report_of_everything_is_not_for_the_head_of_many(app: Flask, client: FlaskClient) -> None:
    wards = many_units.units(2)
    factories.published()
    area = db.session.get(many_units.Unit, wards[0]).parent
    signed_in(client, "head_of_unit", area)
    asked = {"questionnaire": "small", "kind": "month", "month": "2026-03", "until": "", "language": "en"}
    for unit in ("", "top", "w0001", "area-1"):
        assert client.post("/reports/", data=asked | {"unit": unit}).status_code == 422, unit
