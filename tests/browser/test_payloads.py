"""Scripts in whatever people may write stay text: on every page, in charts and their hovers, on posters."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from survey import clock
from survey.extensions import db
from tests import factories
from tests.browser.conftest import Visitor
from tests.factories import PASSWORD
from tests.payloads import SCRIPTS
from tests.survey.accounts.people import person
from tests.survey.figures.organisation import process

COUNT = 40


def names(payload: str) -> dict[str, str]:
    return {"en": payload, "zh_Hans": payload, "zh_Hant": payload}


def text(payload: str) -> dict[str, str]:
    return {"en": payload}


def _points(first: int) -> list[dict[str, Any]]:
    return [{"value": value, "label": text(SCRIPTS[first + value])} for value in range(1, 6)]


def _document() -> dict[str, Any]:
    """Every text that an author may write is a payload, and every payload is an option."""
    options = [{"code": f"o{i}", "label": text(payload)} for i, payload in enumerate(SCRIPTS)]
    rows = [{"code": f"r{i}", "wording": text(SCRIPTS[i])} for i in range(10, 20)]
    questions = [
        {"type": "rating", "code": "staff", "wording": text(SCRIPTS[0]), "points": _points(0)},
        {"type": "rating", "code": "rooms", "wording": text(SCRIPTS[9]), "points": _points(20)},
        {"type": "choices", "code": "liked", "wording": text(SCRIPTS[11]), "options": options},
        {"type": "matrix", "code": "ward", "wording": text(SCRIPTS[15]), "rows": rows, "points": _points(30)},
        {"type": "comment", "code": "why", "wording": text(SCRIPTS[33]), "help": text(SCRIPTS[12])},
    ]
    return {
        "languages": ["en"],
        "title": text(SCRIPTS[4]),
        "intro": text(SCRIPTS[5]),
        "privacy": {"notice": text(SCRIPTS[6]), "consent": text(SCRIPTS[7])},
        "sections": [{"code": "all", "title": text(SCRIPTS[8]), "questions": questions}],
    }


@pytest.fixture
def link(app: Flask) -> tuple[int, str]:
    """Number and code of a link; an organisation in which every name is a payload; each ward has answers with every payload in comments."""
    questionnaire = factories.published(**_document())
    top = factories.UnitFactory(code="top", kind="headquarters", names=names(SCRIPTS[0]))
    today = clock.today("Asia/Shanghai")
    for i, payload in enumerate(SCRIPTS):
        ward = factories.UnitFactory(code=f"w{i}", parent=top, names=names(payload))
        service = factories.ServiceTypeFactory(code=f"s{i}", names=names(payload))
        made = factories.link(
            questionnaire=questionnaire, unit=ward, service_type=service, label=payload, code=f"payload{i:04}"
        )
        for number in range(11):
            answers = {"staff": 1 + number % 5, "liked": [f"o{i}"], "ward": {f"r{10 + number % 10}": 3}}
            comment = {"why": SCRIPTS[(i + number) % COUNT]}
            factories.response(made, answers | comment, submitted_on=today)
    person(email="reader@example.org", role="administrator", name=SCRIPTS[9])
    for i, payload in enumerate(SCRIPTS):
        factories.UserFactory(email=f"p{i}@example.org", role="staff", unit=top, name=payload)
    db.session.flush()
    found = made.id, made.code  # read now: afterwards it would hold SQLite's lock
    process()
    return found


def _open(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None and answer.status == 200, address
    page.wait_for_load_state("networkidle")


def _signed_in(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("E-mail address").fill("reader@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.locator(".person").wait_for()


def _watched(visitor: Visitor) -> tuple[Page, list[str]]:
    """A page, and the messages of scripts that ran on it."""
    page, ran = visitor.page(), []

    def heard(dialog: Any) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", heard)
    return page, ran


STAFF_PAGES = (
    "/results?period=all",
    "/results/comments?period=all",
    "/results?period=all&unit=w9&grain=month",
    "/questionnaires",
    "/questionnaires/small",
    "/questionnaires/small/versions/1/preview/en",
    "/organisation",
    "/organisation/units/w3",
    "/organisation/service-types",
    "/users",
    "/links",
    "/my-feedback",
    "/export/",
    "/import/",
    "/operation",
    "/account",
)


def test_no_payload_runs_on_a_page_of_staff(visitor: Visitor, link: tuple[int, str]) -> None:
    number, _code = link
    page, ran = _watched(visitor)
    _signed_in(page)
    for address in (*STAFF_PAGES, f"/links/{number}", f"/links/{number}/poster", f"/links/{number}/edit"):
        _open(page, address)
    assert ran == []


def test_no_payload_runs_in_a_chart_or_its_hover(visitor: Visitor, link: tuple[int, str]) -> None:
    page, ran = _watched(visitor)
    _signed_in(page)
    _open(page, "/results?period=all")
    charts = page.locator(".js-plotly-plot")
    charts.first.wait_for()
    hovered = 0
    for chart in charts.all():
        chart.scroll_into_view_if_needed()
        for place in chart.locator(".point path, .points path, .bars path").all()[:4]:
            place.hover(force=True, timeout=3000)
            page.wait_for_timeout(60)
            hovered += page.locator(".hoverlayer text").count() > 0
    assert hovered > 0
    assert (
        page.locator(".js-plotly-plot a[href*=evil], .js-plotly-plot script, .js-plotly-plot img").count()
        == 0
    )
    assert ran == []


def test_no_payload_runs_for_a_respondent(visitor: Visitor, link: tuple[int, str]) -> None:
    _number, code = link
    page, ran = _watched(visitor)
    _open(page, f"/s/{code}?lang=en&x=<script>alert(1)</script>")
    page.locator("textarea").first.fill("".join(SCRIPTS))
    page.locator("button[value=send], button[name=_go]").last.click()
    page.wait_for_load_state("networkidle")
    assert "alert(17)" in page.locator("textarea").first.input_value()
    assert ran == []
