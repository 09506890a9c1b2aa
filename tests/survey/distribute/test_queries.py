"""Lists of links: filtered in the database by the same states as in hand, within the units a person sees."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

from flask import Flask

from survey import clock
from survey.distribute import queries
from survey.distribute.queries import LinkFilter
from survey.extensions import db
from survey.models import Link, LinkState, state_of
from tests import factories

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_database_and_the_function_agree_on_every_state(any_app: Flask) -> None:
    published, retired = factories.published(), factories.published(code="retired")
    retired.retired_at = NOON
    unit, service_type = factories.UnitFactory(), factories.ServiceTypeFactory()
    times = (None, NOON - HOUR, NOON, NOON + HOUR)
    for questionnaire, opens, closes, paused, closed in product(
        (published, retired), times, times, (None, NOON), (None, NOON)
    ):
        factories.LinkFactory(
            questionnaire=questionnaire, unit=unit, service_type=service_type,
            opens_at=opens, closes_at=closes, paused_at=paused, closed_at=closed,
        )  # fmt: skip
    links = db.session.query(Link).all()
    for state in LinkState:
        expected = {link.id for link in links if state_of(link, NOON) == state}
        found = db.session.query(Link.id).filter(queries.in_state(state, NOON))
        assert {row.id for row in found} == expected
        assert expected


def test_a_head_of_unit_sees_the_links_of_the_own_subtree_only(any_app: Flask) -> None:
    house = factories.UnitFactory()
    ward = factories.UnitFactory(parent=house)
    mine = factories.link(unit=ward)
    factories.LinkFactory(questionnaire=mine.questionnaire, unit=factories.UnitFactory(parent=house))
    head = factories.UserFactory(role="head_of_unit", unit=ward)
    assert queries.links(head, LinkFilter(), clock.now()) == ([mine], False)


def test_links_are_found_by_questionnaire_and_by_subtree(any_app: Flask) -> None:
    house = factories.UnitFactory()
    first = factories.link(unit=factories.UnitFactory(parent=house))
    factories.link(questionnaire=factories.published(code="other"))
    admin = factories.UserFactory()
    for wanted in (LinkFilter(questionnaire="small"), LinkFilter(unit=house)):
        assert queries.links(admin, wanted, clock.now())[0] == [first]


def test_long_lists_come_in_pages_newest_first(any_app: Flask) -> None:
    first = factories.link()
    for _ in range(queries.PAGE):
        factories.LinkFactory(
            questionnaire=first.questionnaire, unit=first.unit, service_type=first.service_type
        )
    admin = factories.UserFactory()
    page, more = queries.links(admin, LinkFilter(), clock.now())
    assert more
    assert first not in page
    assert queries.links(admin, LinkFilter(), clock.now(), 2) == ([first], False)


def test_the_tree_of_units_is_offered_parents_first_and_indented(app: Flask) -> None:
    house = factories.UnitFactory(code="house", names={"en": "House"})
    other = factories.UnitFactory(code="other", names={"en": "Other"}, position=1)
    factories.UnitFactory(code="ward", names={"en": "Ward"}, parent=house)
    factories.UnitFactory(code="gone", parent=other, closed_at=clock.now())
    db.session.flush()
    choices = queries.unit_choices(factories.UserFactory(), "en")
    assert [(code, name.count("\u2003")) for code, name in choices] == [
        ("house", 0),
        ("ward", 1),
        ("other", 0),
    ]
