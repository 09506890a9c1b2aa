"""The respondent page in a real browser: reachable by everybody, small, and comfortable with JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from survey.extensions import db
from survey.models import Response
from tests import factories
from tests.browser.conftest import Visitor, axe_findings
from tests.browser.questionnaire import every_type

PHONE: Any = {"width": 390, "height": 844}
WIDE: Any = {"width": 1280, "height": 900}
FIRST_VISIT_BYTES = 30_000

# What is pressed and is smaller than 44 CSS pixels: an option's label stands for its radio or box.
TARGETS = """() => [...document.querySelectorAll('a, button, summary, textarea, input:not([type=hidden])')]
  .filter(e => e.offsetParent && e.tabIndex >= 0)
  .map(e => e.closest('label') || e)
  .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([_, box]) => box.width < 44 || box.height < 44)
  .map(([html]) => html)"""


@pytest.fixture
def address(app: object) -> str:
    """Of a link to a questionnaire with every type of question."""
    link = factories.link(questionnaire=factories.published(**every_type()))
    code = link.code
    db.session.commit()
    return f"/s/{code}"


def _fill(page: Page, overall: str = "5") -> None:
    page.locator(f"label:has(input[name=overall][value='{overall}'])").click()
    for row in ("place", "manner"):
        page.locator(f"label:has(input[name='ward.{row}'][value='3'])").click()
    page.locator("input[name=_consent]").check()


def _stored() -> list[tuple[str, dict[str, Any]]]:
    """Language and answers of each response."""
    found = [(response.locale, response.answers) for response in db.session.query(Response)]
    db.session.rollback()  # a reader that stays would hold SQLite's lock
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("lang", ["en", "zh_Hans", "zh_Hant"])
def test_nothing_is_in_anybodys_way(
    visitor: Visitor, address: str, scheme: Any, viewport: Any, lang: str
) -> None:
    page = visitor.page(viewport=viewport, color_scheme=scheme)
    page.goto(f"{address}?lang={lang}")
    assert axe_findings(page) == []
    assert page.evaluate(TARGETS) == []
    page.locator(".go .main").click()
    page.locator("#problem").wait_for()
    assert axe_findings(page) == []
    assert page.evaluate(TARGETS) == []
    _fill(page)
    page.locator(".go .main").click()
    page.locator(".receipt").wait_for()
    assert axe_findings(page) == []


@pytest.mark.parametrize("path", ["/s/nosuch", "/i/nosuchtokenatall000000"])
def test_a_page_that_says_no_is_for_everybody_too(visitor: Visitor, app: object, path: str) -> None:
    page = visitor.page(viewport=PHONE)
    page.goto(path)
    assert axe_findings(page) == []


def test_a_first_visit_is_small_and_takes_three_requests(visitor: Visitor, address: str) -> None:
    page = visitor.page(viewport=PHONE)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[float] = []  # bytes as they came over the wire, heads included
    encodings: list[str] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    network.on("Network.responseReceived", lambda event: encodings.extend(_encoding(event["response"])))
    page.goto(address, wait_until="networkidle")
    assert len([url for url in visitor.requests if not url.startswith("data:")]) == 3
    assert len(encodings) == 3
    assert set(encodings) <= {"zstd", "br", "gzip"}
    assert len([size for size in sizes if size]) == 3
    assert sum(sizes) <= FIRST_VISIT_BYTES


def _encoding(response: Any) -> list[str]:
    """Of an answer that came over the wire: one, or the empty text."""
    if response["url"].startswith("data:"):
        return []
    return [{name.lower(): value for name, value in response["headers"].items()}.get("content-encoding", "")]


def test_enlarged_text_and_a_narrow_screen_need_no_sideways_scrolling(visitor: Visitor, address: str) -> None:
    page = visitor.page(viewport={"width": 320, "height": 640})
    page.goto(address)
    for size in ("100%", "225%"):  # the page's own size is 112.5 %
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_error_is_met_first_and_leads_to_its_question(visitor: Visitor, address: str) -> None:
    page = visitor.page(viewport=PHONE)
    page.goto(address)
    page.locator("[name=more]").fill("Typed with care")
    page.locator(".go .main").click()
    expect(page.locator("#problem")).to_be_focused()
    page.locator("#problem a").first.click()
    expect(page.locator("#q-overall")).to_be_focused()
    expect(page.locator("[name=more]")).to_have_value("Typed with care")


def test_a_question_comes_and_goes_with_the_answer_it_depends_on(visitor: Visitor, address: str) -> None:
    page = visitor.page(viewport=PHONE)
    page.goto(address)
    why = page.locator("#q-why")
    expect(why).to_be_hidden()
    _fill(page, overall="1")
    expect(why).to_be_visible()
    page.locator("[name=why]").fill("Cold")
    page.locator("label:has(input[name=overall][value='5'])").click()
    expect(why).to_be_hidden()
    page.locator(".go .main").click()
    page.locator(".receipt").wait_for()
    assert _stored() == [("en", {"overall": 5, "ward": {"place": 3, "manner": 3}})]


def test_the_whole_way_works_by_keyboard(visitor: Visitor, address: str) -> None:
    page = visitor.page(viewport=WIDE)
    page.goto(address)
    for name in ("overall", "ward.place", "ward.manner"):
        page.locator(f"input[name='{name}']").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
    page.locator("input[name=_consent]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.locator(".receipt").wait_for()
    assert [answers["overall"] for _locale, answers in _stored()] == [3]


def test_the_whole_way_works_without_scripts(visitor: Visitor, address: str) -> None:
    page = visitor.page(viewport=PHONE, java_script_enabled=False)
    page.goto(address)
    _fill(page, overall="1")
    page.locator(".go .main").click()
    expect(page.locator("#q-why")).to_be_visible()
    assert _stored() == []
    page.locator("[name=why]").fill("Cold")
    page.get_by_role("button", name="繁體中文").click()
    expect(page.locator("[name=why]")).to_have_value("Cold")
    page.locator(".go .main").click()
    page.locator(".receipt").wait_for()
    assert [(locale, answers["why"]) for locale, answers in _stored()] == [("zh_Hant", "Cold")]


def test_a_double_click_and_the_back_button_store_one_response(visitor: Visitor, address: str) -> None:
    page = visitor.page(viewport=PHONE)
    page.goto(address)
    _fill(page)
    page.locator(".go .main").dblclick()
    page.locator(".receipt").wait_for()
    first = page.locator(".receipt").inner_text()
    page.go_back()
    page.locator(".go .main").wait_for()
    _fill(page)
    page.locator(".go .main").click()
    page.locator(".receipt").wait_for()
    assert page.locator(".receipt").inner_text() == first
    assert len(_stored()) == 1


def test_a_kiosk_asks_who_is_there_and_starts_again(visitor: Visitor, address: str) -> None:
    page = visitor.page(viewport=WIDE)
    page.clock.install()
    page.goto(address.replace("/s/", "/k/"))
    page.locator("[name=more]").fill("Somebody's words")
    page.clock.fast_forward(61_000)
    expect(page.locator("#idle")).to_be_visible()
    assert axe_findings(page) == []
    page.locator("#idle button").click()
    expect(page.locator("#idle")).to_be_hidden()
    expect(page.locator("[name=more]")).to_have_value("Somebody's words")
    page.clock.fast_forward(61_000)
    page.clock.fast_forward(16_000)
    expect(page.locator("[name=more]")).to_have_value("")
    _fill(page)
    page.locator(".go .main").click()
    page.locator(".receipt").wait_for()
    assert axe_findings(page) == []
    page.clock.fast_forward(13_000)
    expect(page.locator("[name=more]")).to_be_visible()
