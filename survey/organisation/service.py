"""Writes the tree of units and the service types, and keeps every unit's path right. The caller commits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select, update

from survey import clock
from survey.errors import Conflict, Invalid
from survey.extensions import Base, db
from survey.locales import LOCALES
from survey.models import KINDS, ServiceType, Unit

CODE = re.compile(r"\w[\w.\-]{0,63}")
LONGEST_NAME = 120
LONGEST_PATH = 255

Kept = TypeVar("Kept", Unit, ServiceType)


def add_unit(code: str, kind: str, names: Mapping[str, str], parent: Unit | None = None) -> Unit:
    _new_code(Unit, code)
    position = _last_position(select(func.max(Unit.position)).where(Unit.parent_id == _id(parent)))
    unit = Unit(code=code, kind=_kind(kind), names=_names(names), position=position)
    db.session.add(unit)
    unit.parent = parent
    db.session.flush()
    unit.path = _path(parent, unit)
    db.session.flush()
    return unit


def change_unit(unit: Unit, kind: str, names: Mapping[str, str]) -> None:
    unit.kind, unit.names = _kind(kind), _names(names)


def move(unit: Unit, parent: Unit | None) -> None:
    """Under another parent, or to the top. Every path below changes with it."""
    _lock_tree()
    db.session.refresh(unit)
    if parent is not None:
        db.session.refresh(parent)
        if unit.contains(parent):
            raise Conflict(_l("A unit cannot lie under itself."), field="parent")
    if unit.parent_id == _id(parent):
        return
    old, new = unit.path, _path(parent, unit)
    _check_depth(old, new)
    unit.parent = parent
    unit.position = _last_position(select(func.max(Unit.position)).where(Unit.parent_id == _id(parent)))
    db.session.flush()
    moved = new + func.substr(Unit.path, len(old) + 1)
    below = Unit.path.startswith(old, autoescape=True)
    db.session.execute(
        update(Unit).where(below).values(path=moved), execution_options={"synchronize_session": False}
    )
    db.session.expire_all()


def add_service_type(code: str, names: Mapping[str, str]) -> ServiceType:
    _new_code(ServiceType, code)
    position = _last_position(select(func.max(ServiceType.position)))
    kind = ServiceType(code=code, names=_names(names), position=position)
    db.session.add(kind)
    db.session.flush()
    return kind


def change_service_type(kind: ServiceType, names: Mapping[str, str]) -> None:
    kind.names = _names(names)


def shift(kept: Kept, siblings: Sequence[Kept], step: int) -> None:
    """One place up (-1) or down (1) among its siblings, which come in their present order."""
    ordered = list(siblings)
    here = ordered.index(kept)
    there = min(max(here + step, 0), len(ordered) - 1)
    ordered.insert(there, ordered.pop(here))
    for position, one in enumerate(ordered):
        one.position = position


def close(kept: Unit | ServiceType) -> None:
    kept.closed_at = kept.closed_at or clock.now()


def reopen(kept: Unit | ServiceType) -> None:
    kept.closed_at = None


def delete(kept: Unit | ServiceType) -> None:
    if used(kept):
        raise Conflict(_l("This is in use and cannot be deleted. You can close it."))
    db.session.delete(kept)
    db.session.flush()


def used(kept: Unit | ServiceType) -> bool:
    """Whether any row of any table points to it."""
    keys = [key for table in Base.metadata.tables.values() for key in table.foreign_keys]
    pointing = [key.parent for key in keys if key.column.table is type(kept).__table__]
    return any(
        db.session.scalar(select(1).select_from(column.table).where(column == kept.id).limit(1))
        for column in pointing
    )


def rebuild_paths() -> None:
    """Every path from the parents; for a whole imported tree, whose parents were checked."""
    below: dict[int | None, list[Unit]] = {}
    for unit in db.session.scalars(select(Unit)):
        below.setdefault(unit.parent_id, []).append(unit)
    waiting: list[tuple[Unit | None, Unit]] = [(None, unit) for unit in below.get(None, [])]
    while waiting:
        parent, unit = waiting.pop()
        path = _path(parent, unit)
        if unit.path != path:
            unit.path = path
        waiting += [(unit, child) for child in below.get(unit.id, [])]
    db.session.flush()


def _lock_tree() -> None:
    """So that two moves at once cannot make a circle; SQLite has one writer anyway."""
    db.session.execute(select(Unit.id).order_by(Unit.id).with_for_update())


def _path(parent: Unit | None, unit: Unit) -> str:
    path = f"{parent.path if parent else '/'}{unit.id}/"
    if len(path) > LONGEST_PATH:
        raise Invalid(_l("The tree would be too deep."), field="parent")
    return path


def _check_depth(old: str, new: str) -> None:
    below = Unit.path.startswith(old, autoescape=True)
    longest = db.session.scalar(select(func.max(func.length(Unit.path))).where(below)) or 0
    if longest - len(old) + len(new) > LONGEST_PATH:
        raise Invalid(_l("The tree would be too deep."), field="parent")


def _id(unit: Unit | None) -> int | None:
    return unit.id if unit else None


def _last_position(highest: Select[Any]) -> int:
    found = db.session.scalar(highest)
    return 0 if found is None else int(found) + 1


def _new_code(model: type[Unit] | type[ServiceType], code: str) -> None:
    checked_code(code)
    if db.session.scalar(select(model.id).where(model.code == code)):
        raise Conflict(_l("This code is taken."), field="code")


def checked_code(code: str) -> str:
    if not CODE.fullmatch(code):
        message = _l(
            "A code has letters, digits, points, hyphens and underscores, at most 64, and no spaces."
        )
        raise Invalid(message, field="code")
    return code


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise Invalid(_l("There is no such kind of unit."), field="kind")
    return kind


def _names(names: Mapping[str, str]) -> dict[str, str]:
    given = {locale: " ".join(names.get(locale, "").split()) for locale in LOCALES}
    if not any(given.values()):
        raise Invalid(_l("Please write a name in at least one language."), field="name_zh_Hans")
    if max(map(len, given.values())) > LONGEST_NAME:
        raise Invalid(_l("A name has at most %(n)s characters.", n=LONGEST_NAME), field="name_zh_Hans")
    return {locale: name for locale, name in given.items() if name}
