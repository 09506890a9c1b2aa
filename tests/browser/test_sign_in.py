"""Signing in, the second factor and keeping the organisation, as a person does it in a browser."""

from __future__ import annotations

import re
import time

import pytest
from flask import Flask
from passlib.totp import TOTP
from playwright.sync_api import Page, expect

from survey.extensions import db
from survey.organisation import service
from tests.browser.conftest import Visitor, axe_findings
from tests.factories import PASSWORD
from tests.survey.accounts.people import person

# Flask-Compress leaves the closing of a static file to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
PHONE = {"width": 390, "height": 844}
STAFF_PAGES = (
    "/account",
    "/change",
    "/users",
    "/users/new",
    "/users/import",
    "/organisation",
    "/organisation/units/ward",
    "/organisation/service-types",
    "/organisation/import/units",
)


@pytest.fixture(autouse=True)
def house(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    top = service.add_unit("top", "headquarters", {"en": "House", "zh_Hans": "总院"})
    service.add_unit("ward", "department", {"en": "Ward", "zh_Hans": "病区"}, top)
    service.add_service_type("stay", {"en": "Stay", "zh_Hans": "住院"})
    person(email="admin@example.org", name="Admin")


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.goto("/login?next=/account")
    page.get_by_label("E-mail address").fill("admin@example.org")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_wrong_password_is_told_and_the_address_stays(visitor: Visitor) -> None:
    page = visitor.page(viewport=PHONE)
    sign_in(page, "not this one")
    expect(page.get_by_role("alert")).to_have_text("This e-mail address and password do not go together.")
    expect(page.get_by_label("E-mail address")).to_have_value("admin@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="My account")).to_be_visible()


def test_signing_in_works_without_javascript(visitor: Visitor) -> None:
    page = visitor.page(java_script_enabled=False)
    sign_in(page)
    expect(page.get_by_role("heading", name="My account")).to_be_visible()


def test_a_second_factor_is_set_up_with_the_shown_code(visitor: Visitor) -> None:
    page = visitor.page(viewport=PHONE)
    sign_in(page)
    page.get_by_role("link", name="Set it up").click()
    page.get_by_role("button", name="Set it up").click()
    picture = page.get_by_alt_text("QR code with the key below")
    assert picture.evaluate("picture => picture.complete && picture.naturalWidth > 100")
    phone = TOTP(key=re.sub(r"\W", "", page.locator("li code").inner_text()))
    page.get_by_label("Code from the app").fill(str(phone.generate(int(time.time())).token))
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_text("The second factor is on.")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_the_screen_and_are_accessible(visitor: Visitor, width: int, scheme: str) -> None:
    page = visitor.page(viewport={"width": width, "height": 844}, color_scheme=scheme)
    for path in ("/login", "/reset"):
        page.goto(path)
        assert axe_findings(page) == [], path
    sign_in(page)
    for path in STAFF_PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert axe_findings(page) == [], path


def test_a_unit_is_moved_with_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page()
    sign_in(page)
    page.goto("/organisation/units/ward")
    page.get_by_label("Under").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Moved.")).to_be_visible()
    db.session.expire_all()
    assert service.rebuild_paths() is None
    expect(page.locator(".tree > li")).to_have_count(2)
