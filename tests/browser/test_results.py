"""The results and feedback pages in a real browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from survey import clock
from tests import factories
from tests.browser.conftest import Visitor, axe_findings
from tests.factories import PASSWORD
from tests.survey.accounts.people import person
from tests.survey.figures.organisation import Organisation, organisation, process

# Flask-Compress leaves the closing of a static file to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
PHONE = {"width": 360, "height": 740}


def _document() -> dict[str, Any]:
    questions = factories.document()["sections"][0]["questions"]
    nps = {"type": "nps", "code": "recommend", "wording": {"en": "Would you recommend us?"}}
    options = [{"code": code, "label": {"en": code.title()}} for code in ("phone", "counter")]
    way = {"type": "choices", "code": "way", "wording": {"en": "How did you reach us?"}, "options": options}
    return {"languages": ["en"], "sections": [{"code": "all", "questions": [*questions, nps, way]}]}


@pytest.fixture
def place(app: Flask) -> Organisation:
    place = organisation(**_document())
    today = clock.today("Asia/Shanghai")
    for ward in range(4):
        for service in range(2):
            answers = {
                "staff": 5 - ward,
                "recommend": 10,
                "way": ["phone"],
                "why": "The nurse was very kind.",
            }
            place.answer(ward, service, answers, times=12 + ward, submitted_on=today)
            place.answer(ward, service, {"staff": 1, "why": "Rude staff."}, times=3, submitted_on=today)
    process()
    return place


def _signed_in(page: Page, role: str, place: Organisation) -> Page:
    person(email="reader@example.org", role=role, unit=place.wards[0] if role == "staff" else place.top)
    page.goto("/login")
    page.get_by_label("E-mail address").fill("reader@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".person")).to_be_visible()
    return page


def _draw_all(page: Page) -> int:
    charts = page.locator(".chart")
    for index in range(charts.count()):
        charts.nth(index).scroll_into_view_if_needed()
        expect(charts.nth(index).locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=20_000)
    return charts.count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_chart_is_drawn_and_nothing_is_wrong(
    place: Organisation, visitor: Visitor, scheme: str
) -> None:
    page = _signed_in(visitor.page(color_scheme=scheme), "quality_manager", place)
    page.goto("/results")
    assert _draw_all(page) == 8
    expect(page.locator("details.table[open]")).to_have_count(0)
    assert axe_findings(page) == []


def test_the_overview_fits_a_phone(place: Organisation, visitor: Visitor) -> None:
    page = _signed_in(visitor.page(viewport=PHONE), "quality_manager", place)
    page.goto("/results")
    _draw_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert axe_findings(page) == []


def test_a_chart_is_saved_as_a_picture_and_as_a_file(place: Organisation, visitor: Visitor) -> None:
    page = _signed_in(visitor.page(), "quality_manager", place)
    page.goto("/results")
    card = page.locator("#units")
    card.scroll_into_view_if_needed()
    expect(card.get_by_text("PNG", exact=True)).to_be_visible()
    saved = {}
    for name in ("SVG", "PNG", "CSV"):
        with page.expect_download() as download:
            card.get_by_text(name, exact=True).click()
        saved[name] = download.value.path().read_bytes()
    assert saved["SVG"].startswith(b"<svg")
    assert saved["PNG"].startswith(b"\x89PNG")
    assert "Unit ward-0" in saved["CSV"].decode("utf-8-sig")


def test_filters_are_sent_by_keyboard_and_kept_in_the_address(place: Organisation, visitor: Visitor) -> None:
    page = _signed_in(visitor.page(), "quality_manager", place)
    page.goto("/results")
    page.get_by_label("Unit and all below it").select_option("ward-1")
    page.get_by_text("More filters").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Service service-0").press("Space")
    page.get_by_role("button", name="Show", exact=True).press("Enter")
    expect(page).to_have_url(re.compile(r"unit=ward-1.*service=service-0"))
    expect(page.locator(".context")).to_contain_text("16 responses")
    page.get_by_role("link", name="What is said?").click()
    expect(page).to_have_url(re.compile(r"comments\?.*unit=ward-1"))
    expect(page.locator(".comment")).to_have_count(16)


def test_on_a_phone_a_menu_leads_from_page_to_page_by_keyboard_and_without_scripts(
    place: Organisation, visitor: Visitor
) -> None:
    plain = visitor.page(viewport=PHONE, java_script_enabled=False)
    page = _signed_in(plain, "quality_manager", place)
    page.goto("/results/units")
    nav = page.get_by_role("navigation", name="Results")
    expect(nav.get_by_role("link")).to_have_count(0)
    menu = nav.locator("summary")
    expect(menu).to_have_text("Who differs? Units")
    menu.press("Enter")
    expect(nav.get_by_role("link")).to_have_count(14)
    assert all(box["height"] >= 44 for one in nav.get_by_role("link").all() if (box := one.bounding_box()))
    for _time in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(menu).to_have_text("Is it changing? Trend")


@pytest.mark.parametrize("path", ["/results/compare", "/improve/actions", "/check"])
def test_the_chapters_stand_in_one_line(place: Organisation, visitor: Visitor, path: str) -> None:
    page = _signed_in(visitor.page(viewport={"width": 1200, "height": 800}), "quality_manager", place)
    page.goto(path)
    nav = page.get_by_role("navigation", name="Results")
    expect(nav.locator("summary")).to_be_hidden()
    for row in nav.locator(".rows ul").all():
        assert len({box["y"] for one in row.locator("li").all() if (box := one.bounding_box())}) == 1
    assert axe_findings(page) == []


def test_without_scripts_the_tables_stand_open(place: Organisation, visitor: Visitor) -> None:
    page = _signed_in(visitor.page(java_script_enabled=False), "quality_manager", place)
    page.goto("/results")
    expect(page.locator("#units details.table[open]")).to_be_visible()
    expect(page.locator("#units tbody tr")).to_have_count(4)
    expect(page.locator("[data-picture]:visible")).to_have_count(0)


def test_comments_and_feedback_can_be_read_by_everybody(place: Organisation, visitor: Visitor) -> None:
    page = _signed_in(visitor.page(viewport=PHONE), "quality_manager", place)
    for address in ("/results/comments", "/my-feedback", "/my-feedback?unit=ward-0"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert axe_findings(page) == []


def test_a_summary_prints_on_two_pages_at_most(place: Organisation, visitor: Visitor) -> None:
    """Ten comments of praise and ten of criticism, some of them long."""
    today = clock.today("Asia/Shanghai")
    for number in range(12):
        long = f"Number {number}. " + "It was a very long wait and nobody told us anything about it. " * 6
        place.answer(0, 0, {"staff": 5, "why": f"The nurse of bed {number} was kind."}, submitted_on=today)
        place.answer(0, 0, {"staff": 1, "why": long + "Terrible."}, submitted_on=today)
    process()
    page = _signed_in(visitor.page(), "staff", place)
    expect(page.locator(".said.bad li")).to_have_count(10)
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 2
