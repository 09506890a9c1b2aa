"""The comment explorer by keys alone: the next comment, its label, its topics, the list of keys."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from survey import clock
from survey.extensions import db
from survey.models import Comment, CommentTopic
from survey.processing import recount
from tests.browser.conftest import Visitor, axe_findings
from tests.browser.test_results import _signed_in
from tests.survey.figures.organisation import Organisation, organisation, process


@pytest.fixture
def place(app: Flask) -> Organisation:
    place, today = organisation(), clock.today("Asia/Shanghai")
    for said in ("The nurses were friendly, but a terrible wait.", "护士态度很差，等太久", "Lovely."):
        place.answer(0, 0, {"staff": 3, "why": said}, submitted_on=today)
    place.answer(0, 0, {"staff": 5}, times=20, submitted_on=today)
    process()
    return place


def _opened(visitor: Visitor, place: Organisation, **given: object) -> Page:
    page = _signed_in(visitor.page(**given), "quality_manager", place)
    page.goto("/results/comments")
    return page


def _now(page: Page) -> str:
    return page.locator(".comment.current").get_attribute("id") or ""


def test_comments_are_walked_through_and_corrected_by_keys(place: Organisation, visitor: Visitor) -> None:
    page = _opened(visitor, place)
    for key in "jjk":
        page.keyboard.press(key)
    ids = [one.get_attribute("id") for one in page.locator(".comment").all()]
    assert _now(page) == ids[0]
    page.keyboard.press("2")
    current = page.locator(".comment.current")
    expect(current.locator(".label")).to_have_text("Neutral")
    expect(page.locator("#corrected")).to_contain_text("Neutral")
    page.keyboard.press("u")
    expect(current.locator(".by")).to_have_text("")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_have_attribute("open", "")
    assert axe_findings(page) == []
    page.get_by_label("Search in the text").fill("jk2t")
    assert _now(page) == ids[0] and page.url.endswith("/results/comments")


def test_topics_are_corrected_by_keys_and_lead_back_to_the_comment(
    place: Organisation, visitor: Visitor
) -> None:
    page = _opened(visitor, place)
    page.keyboard.press("j")
    page.keyboard.press("j")
    id_ = _now(page)
    page.keyboard.press("t")
    expect(page).to_have_url(re.compile("/topics"))
    expect(page.get_by_label("Staff attitude")).to_be_focused()
    assert axe_findings(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("p")
    page.get_by_role("button", name="Store").press("Enter")
    expect(page.locator(f"#{id_}.current")).to_contain_text("Competence ▲ Positive")
    page.keyboard.press("k")
    assert _now(page) != id_
    db.session.rollback()
    found = db.session.scalars(db.select(CommentTopic.label).where(CommentTopic.topic == "competence")).all()
    assert found == ["positive"] and list(recount.verify()) == []
    assert "person/1" in set(db.session.scalars(db.select(Comment.topic_method)))


def test_without_scripts_and_on_a_phone_topics_are_corrected_too(
    place: Organisation, visitor: Visitor
) -> None:
    phone = {"width": 360, "height": 740}
    page = _opened(visitor, place, java_script_enabled=False, viewport=phone)
    assert page.locator(".said .con").count() >= 2 and page.locator(".said [data-n]").count() >= 3
    page.get_by_role("link", name="Topics", exact=True).last.click()
    page.get_by_label("Price and billing").select_option("negative")
    page.get_by_role("button", name="Store").click()
    expect(page.get_by_text("The topics are changed.")).to_be_visible()
    expect(page.locator(".felt").get_by_text("Price and billing")).to_have_count(1)
