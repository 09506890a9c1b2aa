"""Selections of comments that people keep under a name, and may share downwards. Callers commit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from survey import clock
from survey.cells import clean
from survey.errors import Invalid
from survey.extensions import db
from survey.models import SavedView, User
from survey.results.framing import kept

MOST = 50  # of one person
LONGEST = 80  # characters of a name
LONGEST_FILTERS = 2000
PLACES = ("older", "newer")  # a page of the list; a view begins at the first


def views(person: User) -> Sequence[SavedView]:
    """One's own, then what others share who stand for the same unit or one above: what it finds is each reader's own."""
    mine = SavedView.by_id == person.id
    everything = select(SavedView).where(mine | SavedView.shared).options(joinedload(SavedView.by))
    found = db.session.scalars(everything.order_by(mine.desc(), SavedView.name, SavedView.id))
    return [view for view in found if view.by_id == person.id or _reaches(view.by, person)]


def save(person: User, name: str, query: str, *, shared: bool) -> SavedView:
    """Under a name that is there already: in its place. Raises Invalid."""
    name, filters = _named(name), selection(query)
    if len(filters) > LONGEST_FILTERS:
        raise Invalid(_l("Too many filters to keep. Please choose fewer."), field="name")
    view = _mine(person, name)
    if view is None:
        if _count(person) >= MOST:
            raise Invalid(_l("At most %(n)s. Please remove one first.", n=MOST), field="name")
        view = SavedView(by_id=person.id, name=name)
    _set(view, filters=filters, shared=shared, saved_at=clock.now())
    return view


def rename(person: User, was: str, name: str) -> bool:
    """Whether there was one. Raises Invalid where the new name is taken."""
    name = _named(name)
    view = _mine(person, was)
    if view is None:
        return False
    _set(view, name=name)
    return True


def remove(person: User, name: str) -> bool:
    view = _mine(person, name)
    if view is not None:
        db.session.delete(view)
    return view is not None


def selection(query: str) -> str:
    """What of an address belongs to a view."""
    parts = {name: values for name, values in kept(query).items() if name not in PLACES}
    return urlencode(parts, doseq=True)


def _named(name: str) -> str:
    words = " ".join(str(clean(name)).split())
    if not words:
        raise Invalid(_l("Please fill this in."), field="name")
    if len(words) > LONGEST:
        raise Invalid(_l("At most %(n)s characters.", n=LONGEST), field="name")
    return words


def _mine(person: User, name: str) -> SavedView | None:
    words = " ".join(str(clean(name)).split())
    return db.session.scalar(select(SavedView).where(SavedView.by_id == person.id, SavedView.name == words))


def _set(view: SavedView, **values: Any) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(view)
            for name, value in values.items():
                setattr(view, name, value)
    except IntegrityError:
        raise Invalid(_l("You have one of this name already."), field="name") from None


def _count(person: User) -> int:
    return db.session.scalar(select(func.count()).where(SavedView.by_id == person.id)) or 0


def _reaches(by: User, reader: User) -> bool:
    if not by.active:
        return False
    return by.unit is None or (reader.unit is not None and reader.unit.path.startswith(by.unit.path))
