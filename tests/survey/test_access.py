"""Every role against units of its own, below, above and beside."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from survey import access
from survey.access import GRANTED, Act
from survey.errors import Missing
from survey.extensions import db
from survey.models import RoleName, Unit, User
from tests.factories import UnitFactory, UserFactory

EVERYTHING = {"hq", "own", "below", "lowest", "sibling", "other"}


@pytest.fixture
def tree(app: Flask) -> dict[str, Unit]:
    hq = UnitFactory(code="hq")
    own = UnitFactory(code="own", parent=hq)
    below = UnitFactory(code="below", parent=own)
    lowest = UnitFactory(code="lowest", parent=below)
    sibling = UnitFactory(code="sibling", parent=hq)
    other = UnitFactory(code="other")
    return {unit.code: unit for unit in (hq, own, below, lowest, sibling, other)}


SEEN = [
    (RoleName.ADMINISTRATOR, None, EVERYTHING),
    (RoleName.AUDITOR, None, EVERYTHING),
    (RoleName.AUDITOR, "own", {"own", "below", "lowest"}),
    (RoleName.QUALITY_MANAGER, "hq", EVERYTHING - {"other"}),
    (RoleName.QUALITY_MANAGER, "own", {"own", "below", "lowest"}),
    (RoleName.HEAD_OF_UNIT, "own", {"own", "below", "lowest"}),
    (RoleName.HEAD_OF_UNIT, "lowest", {"lowest"}),
    (RoleName.STAFF, "own", {"own"}),
    (RoleName.STAFF, "hq", {"hq"}),
]


@pytest.mark.parametrize(("role", "unit", "seen"), SEEN)
def test_a_role_sees_its_units_and_no_others(
    tree: dict[str, Unit], role: str, unit: str | None, seen: set[str]
) -> None:
    person = UserFactory(role=role, unit=tree[unit] if unit else None)
    assert {unit.code for unit in access.visible_units(person)} == seen
    limited = access.limited(select(Unit.code), Unit.id, person)
    assert set(db.session.scalars(limited)) == seen
    assert set(db.session.scalars(select(Unit.code).where(Unit.id.in_(access.unit_ids(person))))) == seen
    for code in EVERYTHING:
        if code in seen:
            assert access.visible_unit(person, code) is tree[code]
        else:
            with pytest.raises(Missing):
                access.visible_unit(person, code)


def test_a_foreign_unit_and_an_unknown_one_are_refused_alike(tree: dict[str, Unit]) -> None:
    person = UserFactory(role="staff", unit=tree["own"])
    refusals = []
    for code in ("sibling", "no-such-unit"):
        with pytest.raises(Missing) as refused:
            access.visible_unit(person, code)
        refusals.append((refused.value.status, str(refused.value)))
    assert refusals[0] == refusals[1]


@pytest.mark.parametrize("role", [role for role in RoleName if role not in ("administrator", "auditor")])
def test_without_a_unit_only_administrators_and_auditors_see_anything(
    tree: dict[str, Unit], role: str
) -> None:
    person = User(email="x@example.org", role=role, unit=None, fs_uniquifier="x")
    with db.session.no_autoflush:
        assert access.visible_units(person) == []


def test_a_unit_whose_id_begins_alike_is_not_below(app: Flask) -> None:
    one = UnitFactory(id=1, code="one")
    UnitFactory(id=11, code="eleven")
    person = UserFactory(role="head_of_unit", unit=one)
    assert [unit.code for unit in access.visible_units(person)] == ["one"]


def test_units_come_in_the_order_of_the_tree(tree: dict[str, Unit]) -> None:
    tree["sibling"].position, tree["own"].position = 0, 1
    shown = access.in_order(tree.values())
    assert [(depth, unit.code) for depth, unit in shown] == [
        (0, "hq"),
        (1, "sibling"),
        (1, "own"),
        (2, "below"),
        (3, "lowest"),
        (0, "other"),
    ]


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("role", list(RoleName))
def test_a_closed_account_may_do_nothing(role: str, act: Act) -> None:
    open_account = User(email="x", role=role, active=True)
    closed_account = User(email="x", role=role, active=False)
    assert access.may(open_account, act) == (role in GRANTED[act])
    assert not access.may(closed_account, act)


def test_only_administrators_keep_the_organisation_and_auditors_change_nothing() -> None:
    assert GRANTED[Act.ADMINISTER] == {RoleName.ADMINISTRATOR}
    changing = (Act.ADMINISTER, Act.DESIGN, Act.DISTRIBUTE, Act.IMPORT)
    assert not any(RoleName.AUDITOR in GRANTED[act] for act in changing)
