"""The units and service types that figures are about, read once a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from survey.access import visible_units
from survey.extensions import db
from survey.locales import say
from survey.models import ServiceType, Unit, User

INDENT = "\u2003"


@dataclass(frozen=True)
class Places:
    """What a person may see of the organisation, in the order of the tree."""

    units: Mapping[int, Unit]
    service_types: Mapping[int, ServiceType]

    @cached_property
    def roots(self) -> list[Unit]:
        """The highest visible units."""
        return [unit for unit in self.units.values() if unit.parent_id not in self.units]

    @cached_property
    def _top(self) -> int:
        return min((root.path.count("/") for root in self.roots), default=0)

    @cached_property
    def _parents(self) -> frozenset[int | None]:
        return frozenset(unit.parent_id for unit in self.units.values())

    @cached_property
    def _codes(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units.values()}

    @cached_property
    def _paths(self) -> dict[str, Unit]:
        return {unit.path: unit for unit in self.units.values()}

    def offered(self, locale: str) -> list[tuple[str, str]]:
        """Code and name of each unit, further in the further below the highest: for lists to choose from."""
        return [
            (unit.code, INDENT * (unit.path.count("/") - self._top) + say(unit.names, locale))
            for unit in self.units.values()
        ]

    def has_below(self, unit: Unit) -> bool:
        return unit.id in self._parents

    def named(self, code: str) -> Unit | None:
        return self._codes.get(code)

    def leaves(self, path: str) -> list[Unit]:
        """The units below (or at) the path that have none below themselves."""
        return [unit for unit in self.below(path) if not self.has_below(unit)]

    def below(self, path: str) -> list[Unit]:
        """The unit with this path and all under it; every visible unit for ""."""
        return [unit for unit in self.units.values() if unit.path.startswith(path)]

    def children(self, path: str) -> list[Unit]:
        """The units just under the one with this path; the children of a single root for ""."""
        start = self.at(path) or (self.roots[0] if len(self.roots) == 1 else None)
        if start is None:
            return self.roots
        return [unit for unit in self.units.values() if unit.parent_id == start.id]

    def parent(self, unit: Unit) -> Unit | None:
        """The unit above, where it is visible."""
        return self.units.get(unit.parent_id) if unit.parent_id is not None else None

    def at(self, path: str) -> Unit | None:
        return self._paths.get(path) if path else None


def places(person: User | None) -> Places:
    """`None` sees everything: for the command line."""
    units = in_tree_order(visible_units(person) if person else db.session.scalars(select(Unit)).all())
    found = db.session.scalars(select(ServiceType).order_by(ServiceType.position, ServiceType.code))
    return Places({unit.id: unit for unit in units}, {service.id: service for service in found})


def roll_up(units: Sequence[Unit], onto: Sequence[Unit]) -> dict[int, int]:
    """unit id -> the id of the unit of `onto` that contains it, itself where none does."""
    tops = {top.id for top in onto}
    return {unit.id: next((top for top in unit.path_ids if top in tops), unit.id) for unit in units}


def in_tree_order(units: Sequence[Unit]) -> list[Unit]:
    """Each unit followed by what is below it, siblings in their order."""
    known = {unit.id: (unit.position, unit.code) for unit in units}

    def place(unit: Unit) -> list[tuple[int, str]]:
        return [known[part] for part in unit.path_ids if part in known]

    return sorted(units, key=place)
