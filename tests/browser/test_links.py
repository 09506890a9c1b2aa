"""Links, posters and personal invitations, from the page that makes them to the phone that opens them."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from survey.extensions import db
from survey.models import Link
from tests import factories
from tests.browser.conftest import Visitor, axe_findings

# Flask-Compress leaves the closing of a static file to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
PHONE = {"width": 390, "height": 844}
FILE = "reference,unit,service_type,when,language\n" + "".join(
    f"A-{n},ward,stay,2026-05-04 10:{n:02},en\n" for n in range(12)
)


@pytest.fixture(autouse=True)
def house(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    factories.UnitFactory(code="ward", names={"en": "Ward", "zh_Hans": "病区"})
    factories.ServiceTypeFactory(code="stay", names={"en": "Stay", "zh_Hans": "住院"})
    factories.published()
    db.session.commit()


def staff(app: Flask, visitor: Visitor, **given: Any) -> Page:
    """A browser in which an administrator has signed in."""
    client = app.test_client()
    factories.sign_in(client, factories.UserFactory(locale="en"))
    db.session.remove()
    cookie = client.get_cookie("session")
    assert cookie is not None
    page = visitor.page(**given)
    page.goto("/login")
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": page.url}])
    return page


def poster_link(**given: Any) -> int:
    """The number of a link to make a poster for."""
    given.setdefault("questionnaire", db.session.query(factories.Questionnaire).first())
    made: Link = factories.link(unit=db.session.query(factories.Unit).one(), **given)
    number = made.id
    db.session.commit()
    db.session.remove()
    return number


def pages_of(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


def test_a_link_is_made_and_answers_on_a_phone(app: Flask, visitor: Visitor) -> None:
    page = staff(app, visitor, viewport=PHONE)
    page.goto("/links")
    page.get_by_role("link", name="New link").first.click()
    page.get_by_role("link", name="Small questionnaire").click()
    page.get_by_label("Unit").select_option("ward")
    page.get_by_label("Service type").select_option("stay")
    page.get_by_label("Ends").fill("2020-01-01T09:00")
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_text("The end has already passed.")).to_be_visible()
    expect(page.get_by_label("Unit")).to_have_value("ward")
    page.get_by_label("Ends").fill("")
    page.get_by_role("button", name="Make the link").click()
    address = page.locator(".address a").inner_text()
    assert page.locator(".qr-card img").evaluate("image => image.naturalWidth") > 0
    phone = visitor.page(viewport=PHONE)
    phone.goto("/s/" + address.rsplit("/", 1)[1])
    expect(phone.get_by_text("How was the staff?")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    phone.reload()
    expect(phone.get_by_text("How was the staff?")).to_have_count(0)


def test_a_poster_is_one_page_without_the_bar_of_staff_pages(app: Flask, visitor: Visitor) -> None:
    page = staff(app, visitor)
    page.goto(f"/links/{poster_link()}/poster")
    assert pages_of(page) == 1
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_role("link", name="Back to the link")).to_be_hidden()
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_role("heading", name="小问卷")).to_be_visible()


def test_long_titles_in_several_languages_still_fit_on_one_page(app: Flask, visitor: Visitor) -> None:
    title = {"en": "How satisfied were you with your stay, your treatment and your meals on our ward? " * 2}
    title |= {"zh_Hans": "您对本次住院期间的护理服务、治疗过程与餐饮的总体满意程度如何？" * 2}
    page = staff(app, visitor)
    number = poster_link(questionnaire=factories.published(code="long", title=title))
    page.goto(f"/links/{number}/poster")
    assert pages_of(page) == 1
    page.set_viewport_size({"width": 688, "height": 1016})
    page.emulate_media(media="print")
    box = page.get_by_role("img").bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(box["height"], abs=1)
    assert box["width"] > 200


def test_links_of_a_file_work_once_each_and_not_after_new_ones(
    app: Flask, visitor: Visitor, tmp_path: Path
) -> None:
    page = staff(app, visitor)
    page.goto("/links/invitations/new")
    page.get_by_label("Questionnaire").select_option("small")
    page.get_by_label("File with service events").set_input_files(
        {"name": "events.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    )
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("button", name="Make 12 invitations").click()
    first = download(page, "Download the links (CSV)", tmp_path / "first.csv")
    phone = visitor.page(viewport=PHONE)
    phone.goto(first[0])
    expect(phone.get_by_text("How was the staff?")).to_be_visible()
    page.reload()
    page.get_by_label("I know that the links").check()
    second = download(page, "Make new links", tmp_path / "second.csv")
    assert len(set(first + second)) == 24
    assert phone.goto(first[0]).status == 404  # type: ignore[union-attr]
    phone.goto(second[0])
    expect(phone.get_by_text("How was the staff?")).to_be_visible()


def download(page: Page, button: str, to: Path) -> list[str]:
    """The paths of the links in the file that the button gives."""
    with page.expect_download() as started:
        page.get_by_role("button", name=button).click()
    started.value.save_as(to)
    with to.open(encoding="utf-8-sig", newline="") as file:
        return [re.sub(r"^https?://[^/]+", "", row["link"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_cut_off_on_a_phone(
    app: Flask, visitor: Visitor, scheme: str
) -> None:
    number = poster_link(channel="kiosk")
    page = staff(app, visitor, viewport=PHONE, color_scheme=scheme)
    for path in ("", "/new", "/new?questionnaire=small", "/invitations", "/invitations/new",
                 *(f"/{number}{part}" for part in ("", "/edit", "/close", "/poster"))):  # fmt: skip
        page.goto(f"/links{path}")
        assert axe_findings(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
