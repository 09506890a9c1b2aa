"""The tree of units: whatever is done to it, every path tells the way from the top."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from survey.errors import Conflict, DomainError, Invalid
from survey.extensions import db
from survey.models import Unit
from survey.organisation import queries, service
from tests import factories
from tests.factories import UnitFactory, UserFactory

NAMES = {"en": "A unit"}


def add(code: str, parent: Unit | None = None) -> Unit:
    return service.add_unit(code, "department", NAMES, parent)


def assert_paths_are_right() -> None:
    for unit in db.session.scalars(select(Unit)):
        above = unit.parent.path if unit.parent else "/"
        assert unit.path == f"{above}{unit.id}/"


def test_a_unit_moves_with_everything_below_it(any_app: Flask) -> None:
    top, other = add("top"), add("other")
    ward = add("ward", top)
    room = add("room", ward)
    bed = add("bed", room)
    service.move(ward, other)
    assert_paths_are_right()
    assert other.contains(bed)
    assert not top.contains(bed)
    service.move(ward, None)
    assert bed.path == f"/{ward.id}/{room.id}/{bed.id}/"


def test_a_unit_never_lies_under_itself(any_app: Flask) -> None:
    top = add("top")
    ward = add("ward", top)
    room = add("room", ward)
    for parent in (top, ward, room):
        with pytest.raises(Conflict):
            service.move(top, parent)
    assert_paths_are_right()


def test_moving_a_unit_whose_id_begins_alike_leaves_the_other(app: Flask) -> None:
    one, eleven, top = UnitFactory(id=1), UnitFactory(id=11), UnitFactory(id=5)
    service.move(one, top)
    assert (one.path, eleven.path) == ("/5/1/", "/11/")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(-1, 7)), max_size=25))
def test_any_row_of_moves_keeps_every_path_right(app: Flask, moves: list[tuple[int, int]]) -> None:
    db.session.rollback()
    units = [add(f"u{n}") for n in range(8)]
    for which, under in moves:
        try:
            service.move(units[which], units[under] if under >= 0 else None)
        except DomainError:
            continue
    assert_paths_are_right()
    assert sum(_size(node) for node in queries.tree()) == 8
    db.session.rollback()


def _size(node: queries.Node) -> int:
    return 1 + sum(_size(child) for child in node.below)


def test_a_tree_that_would_be_too_deep_is_refused(app: Flask) -> None:
    unit = add("top")
    with pytest.raises(Invalid):
        for depth in range(300):
            unit = add(f"u{depth}", unit)
    db.session.rollback()


def test_what_is_in_use_is_closed_and_not_deleted(app: Flask) -> None:
    ward, empty = add("ward"), add("empty")
    UserFactory(role="staff", unit=ward)
    link = factories.link()
    for used in (ward, link.unit, link.service_type):
        with pytest.raises(Conflict):
            service.delete(used)
        service.close(used)
        assert used.closed_at
        service.reopen(used)
        assert used.closed_at is None
    below = add("below", empty)
    with pytest.raises(Conflict):
        service.delete(empty)
    service.delete(below)
    service.delete(empty)
    assert set(db.session.scalars(select(Unit.code))) == {"ward", link.unit.code}


def test_siblings_change_places(app: Flask) -> None:
    top = add("top")
    first, second, third = (add(code, top) for code in ("first", "second", "third"))

    def order() -> list[str]:
        db.session.flush()
        return [unit.code for unit in queries.siblings(first)]

    service.shift(third, queries.siblings(third), -1)
    assert order() == ["first", "third", "second"]
    service.shift(first, queries.siblings(first), -1)
    assert order() == ["first", "third", "second"]
    service.shift(first, queries.siblings(first), 1)
    assert order() == ["third", "first", "second"]
    assert queries.siblings(top) == [top]
    assert second.position == 2


@pytest.mark.parametrize("code", ["", " ", "a b", "a/b", "x" * 65, ".a", "a?b", "a\n"])
def test_a_code_that_could_not_stand_in_an_address_is_refused(app: Flask, code: str) -> None:
    with pytest.raises(Invalid):
        add(code)


def test_a_code_is_taken_once_and_a_name_is_needed(app: Flask) -> None:
    add("内科-1")
    with pytest.raises(Conflict):
        add("内科-1")
    with pytest.raises(Invalid):
        service.add_unit("x", "department", {"en": " ", "fr": "Service"})
    with pytest.raises(Invalid):
        service.add_unit("x", "castle", NAMES)
