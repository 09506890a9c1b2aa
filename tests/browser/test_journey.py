"""The whole way in a browser: a link, an answer, a sentiment, a chart and a summary; in Chinese and in English."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from survey import jobs
from survey.design import library
from survey.design.service import publish, save_draft
from survey.extensions import db
from survey.models import Link
from tests import factories
from tests.browser.conftest import Visitor
from tests.survey.accounts.people import person

pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
PHONE = {"width": 390, "height": 844}
PRAISE = "护士很耐心，讲解清楚，非常满意。"


@pytest.fixture
def ward(app: Flask) -> Link:
    """The ward survey with eleven ordinary responses: one too few to lie beside a twelfth, enough to be shown."""
    hospital = factories.UnitFactory(code="hospital", names={"zh_Hans": "医院", "en": "Hospital"})
    unit = factories.UnitFactory(code="ward", names={"zh_Hans": "骨科病区", "en": "Ward"}, parent=hospital)
    version = save_draft(library.document("ward-five"))
    publish(version)
    link = factories.link(questionnaire=version.questionnaire, unit=unit, code="ward2345", locale="zh_Hans")
    items = ("environment", "conduct", "appearance", "attitude", "health_talks")
    for number in range(11):
        factories.response(link, dict.fromkeys(items, 3 if number % 3 else 2))
    person(email="quality@example.org", role="quality_manager", unit=hospital, locale="en")
    person(email="nurse@example.org", role="staff", unit=unit, locale="zh_Hans")
    db.session.commit()
    return link


def _answer(page: Page) -> None:
    """Answers "very satisfied" everywhere, adds a comment and gets a receipt."""
    page.goto("/s/ward2345")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    for group in page.locator("fieldset:has(input[type=radio])").all():
        group.get_by_label("非常满意").check()
    page.get_by_label("哪些地方做得好").fill(PRAISE)
    page.locator("button.main").click()
    expect(page.locator("main")).to_contain_text(re.compile("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}"))


def _signed_in(visitor: Visitor, email: str, **given: object) -> Page:
    page = visitor.page(**given)
    page.goto("/login")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(factories.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "login" not in address)
    return page


def test_an_answer_becomes_a_figure_a_sentiment_and_a_summary(ward: Link, visitor: Visitor) -> None:
    _answer(visitor.page(viewport=PHONE, locale="zh-CN", java_script_enabled=False))
    assert jobs.process_waiting() == 12

    manager = _signed_in(visitor, "quality@example.org", viewport={"width": 1280, "height": 900})
    manager.goto("/results?questionnaire=ward-five")
    expect(manager.locator("main")).to_contain_text("12 responses")
    expect(manager.locator("main")).to_contain_text("66.7%")  # 8 of 12 very satisfied with the surroundings
    expect(manager.locator(".js-plotly-plot").first).to_be_visible(timeout=30_000)
    manager.goto("/results/comments?questionnaire=ward-five")
    expect(manager.locator("main")).to_contain_text(PRAISE)
    expect(manager.locator("main")).to_contain_text("Positive")

    nurse = _signed_in(visitor, "nurse@example.org", viewport=PHONE, locale="zh-CN")
    expect(nurse.locator("main")).to_contain_text("骨科病区")
    expect(nurse.locator("main")).to_contain_text(PRAISE)
    assert nurse.goto("/results").status == 403  # type: ignore[union-attr]
    assert visitor.foreign == []
