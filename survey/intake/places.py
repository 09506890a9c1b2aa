"""Units and service types by what a file calls them; unknown ones are made where that is allowed."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from survey.errors import Invalid
from survey.extensions import db
from survey.intake.maps import Parent
from survey.intake.wording import tidy
from survey.models import ServiceType, Unit

Place = Unit | ServiceType


class Directory:
    """Codes and names, in every language, of the places of one kind; new ones by name."""

    def __init__(self, places: Iterable[Place], create: bool) -> None:
        self.create = create
        self.ids: dict[str, int] = {}  # code -> id
        self.names: dict[str, set[str]] = defaultdict(set)  # name -> codes
        self.titles: dict[str, str] = {}  # code -> a name, to show
        self.new: dict[str, str] = {}  # code -> name, of those that a response may need
        for place in places:
            self.ids[place.code] = place.id
            self.titles[place.code] = tidy(next(iter(place.names.values()), place.code))
            for name in place.names.values():
                self.names[tidy(name)].add(place.code)

    def codes(self, text: str) -> Sequence[str]:
        """One code; none for an unknown place, several for a name that several places have."""
        if text in self.ids:
            return [text]
        found = self.names.get(text)
        if not found and self.create:
            code = self._free_code(text)
            self.new[code] = self.titles[code] = text
            self.names[text] = found = {code}
        return sorted(found or ())

    def take(self, codes: Set[str]) -> dict[str, str]:
        """The new ones among the codes, with their names; from now on they count as known."""
        return {code: self.new.pop(code) for code in sorted(codes & self.new.keys())}

    def _free_code(self, name: str) -> str:
        plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:48]
        mark = hashlib.sha256(name.encode()).hexdigest()[:8]
        if plain and name.isascii() and plain not in self.ids and plain not in self.new:
            return plain
        return f"{plain}-{mark}" if plain else f"p-{mark}"


class Places:
    def __init__(self, create: bool, parent: Parent | None, locale: str) -> None:
        self.units = Directory(db.session.scalars(select(Unit)), create)
        self.service_types = Directory(db.session.scalars(select(ServiceType)), create)
        self.parent, self.locale = parent, locale

    def create_new(self, units: Set[str], service_types: Set[str]) -> tuple[list[str], list[str]]:
        """Stores those of these codes that are new; returns the names of the units and service types made."""
        new_units = self.units.take(units)
        for code, name in new_units.items():
            self.units.ids[code] = self._unit(code, name, "department", self._parent()).id
        new_types = self.service_types.take(service_types)
        for code, name in new_types.items():
            made = ServiceType(code=code, names={self.locale: name})
            db.session.add(made)
            db.session.flush()
            self.service_types.ids[code] = made.id
        return list(new_units.values()), list(new_types.values())

    def _parent(self) -> Unit | None:
        if self.parent is None:
            return self._only_root()
        found = db.session.scalar(select(Unit).where(Unit.code == self.parent.code))
        if found is None and self.parent.name:
            found = self._unit(self.parent.code, self.parent.name, "headquarters", None)
        if found is None:
            raise Invalid(_l("The map's unit.parent %(code)s is not known.", code=self.parent.code), "map")
        return found

    def _only_root(self) -> Unit | None:
        roots = db.session.scalars(
            select(Unit).where(Unit.parent_id.is_(None), Unit.kind != "department")
        ).all()
        if len(roots) > 1:
            raise Invalid(_l("Name unit.parent in the map: the organisation has several roots."), "map")
        return roots[0] if roots else None

    def _unit(self, code: str, name: str, kind: str, parent: Unit | None) -> Unit:
        unit = Unit(code=code, names={self.locale: name}, kind=kind, parent_id=parent.id if parent else None)
        db.session.add(unit)
        db.session.flush()
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
        db.session.flush()
        return unit
