"""The way through the results: seven chapters, in the order of the questions that are asked."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.extensions import db
from survey.models import RoleName
from tests import factories
from tests.survey.figures.organisation import Organisation, organisation, process
from tests.survey.results.pages import opened, signed_in

ORDER = {
    "How good are we?": ["Overview"],
    "What is said?": ["Comments", "Topics"],
    "Is it changing?": ["Trend"],
    "Who differs?": ["Units", "Comparison"],
    "What matters?": ["What matters"],
    "Did our measure work?": ["Actions", "Targets", "Benchmarks"],
    "Are the data sound?": [
        "Responses",
        "Quality of the questionnaire",
        "How comments are read",
        "Check a published figure",
    ],
}
PAGES = {
    "/results": ("How good are we?", "Overview"),
    "/results/comments": ("What is said?", "Comments"),
    "/results/topics": ("What is said?", "Topics"),
    "/results/trend": ("Is it changing?", "Trend"),
    "/results/units": ("Who differs?", "Units"),
    "/results/compare": ("Who differs?", "Comparison"),
    "/results/matters": ("What matters?", "What matters"),
    "/improve/actions": ("Did our measure work?", "Actions"),
    "/improve/targets": ("Did our measure work?", "Targets"),
    "/improve/benchmarks": ("Did our measure work?", "Benchmarks"),
    "/results/ledger": ("Are the data sound?", "Responses"),
    "/results/instrument": ("Are the data sound?", "Quality of the questionnaire"),
    "/results/comments/reading": ("Are the data sound?", "How comments are read"),
    "/check": ("Are the data sound?", "Check a published figure"),
}
MAY = [role for role in RoleName if role != RoleName.STAFF]
LINK = re.compile(r'<a href="([^"]*)"(?: aria-current="(\w+)")?>([^<]*)</a>')


@pytest.fixture
def place(app: Flask) -> Organisation:
    made = organisation()
    made.answer(0, 0, {"staff": 5}, 30)
    process()
    return made


def _parts(page: str) -> tuple[str, str]:
    """The rows for wide screens and the menu for narrow ones."""
    nav = page[page.index('<nav class="chapters') :]
    rows, _details, menu = nav[: nav.index("</nav>")].partition("<details")
    return rows, menu


def _menu(page: str) -> dict[str, list[str]]:
    """Its chapters and their pages."""
    found: dict[str, list[str]] = {}
    chapters = _parts(page)[1].partition("</summary>")[2].split('<span class="quiet">')
    for chapter in chapters[1:]:
        found[chapter.partition("<")[0]] = [unescape(title) for _to, _here, title in LINK.findall(chapter)]
    return found


@pytest.mark.parametrize("path", PAGES)
def test_each_page_shows_all_chapters_in_their_order(
    place: Organisation, client: FlaskClient, path: str
) -> None:
    menu = _menu(opened(signed_in(client), path))
    assert menu == ORDER
    assert list(menu) == list(ORDER)


@pytest.mark.parametrize("path", PAGES)
def test_the_page_that_is_shown_is_marked_once_and_named_on_the_closed_menu(
    place: Organisation, client: FlaskClient, path: str
) -> None:
    chapter, title = PAGES[path]
    rows, menu = _parts(opened(signed_in(client), path))
    assert [(here, name) for _to, here, name in LINK.findall(menu) if here] == [("page", title)]
    assert re.sub(r"<[^>]*>", "", menu[menu.index("<summary>") : menu.index("</summary>")]) == (
        f"{chapter} {title}"
    )
    alone = ORDER[chapter] == [title]
    marked = [("page", chapter)] if alone else [("true", chapter), ("page", title)]
    assert [(here, name) for _to, here, name in LINK.findall(rows) if here] == marked


@pytest.mark.parametrize("role", MAY)
def test_whoever_may_see_results_can_open_every_page_that_is_named(
    place: Organisation, client: FlaskClient, role: str
) -> None:
    unit = place.top if role in (RoleName.HEAD_OF_UNIT, RoleName.QUALITY_MANAGER) else None
    signed_in(client, role, unit)
    addresses = {unescape(to) for to, _here, _title in LINK.findall(_parts(opened(client))[1])}
    assert len(addresses) == len(PAGES)
    for address in addresses:
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("role", MAY)
def test_the_export_is_offered_to_those_who_may_export(
    place: Organisation, client: FlaskClient, role: str
) -> None:
    page = opened(
        signed_in(
            client, role, place.top if role in (RoleName.HEAD_OF_UNIT, RoleName.QUALITY_MANAGER) else None
        )
    )
    assert ("/export/?" in page) == (role != RoleName.HEAD_OF_UNIT)


def test_the_filters_go_along_from_page_to_page(place: Organisation, client: FlaskClient) -> None:
    page = opened(signed_in(client), "/improve/targets", unit="ward-0")
    for address, _here, title in LINK.findall(_parts(page)[1]):
        assert "unit=ward-0" in address, title
        assert "from=2026-01-01" in address, title


def test_nothing_published_is_said_on_each_page_of_figures(app: Flask, client: FlaskClient) -> None:
    factories.UnitFactory()
    db.session.commit()
    signed_in(client)
    for path in PAGES:
        page = client.get(path)
        assert page.status_code == 200
        if path not in ("/improve/actions", "/improve/benchmarks", "/results/comments/reading", "/check"):
            assert "No questionnaire has been published yet" in page.text
