"""The tree of causes: administrators write it; what was ever chosen stays. Callers commit."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from survey import audit, clock
from survey.errors import Invalid, Missing
from survey.extensions import db
from survey.models import CaseCause

DEEPEST = 3  # levels: deeper ones nobody chooses from on a phone


def cause_of(number: int) -> CaseCause:
    """Raises Missing."""
    found = db.session.get(CaseCause, number)
    if found is None:
        raise Missing
    return found


def add(names: Mapping[str, str], parent: CaseCause | None) -> CaseCause:
    if parent is not None and _depth(parent) >= DEEPEST - 1:
        raise Invalid(_l("Causes have at most %(n)s levels.", n=DEEPEST), field="parent")
    same = CaseCause.parent_id == parent.id if parent else CaseCause.parent_id.is_(None)
    last = db.session.scalar(select(func.max(CaseCause.position)).where(same))
    made = CaseCause(names=dict(names), parent_id=parent.id if parent else None, position=(last or 0) + 1)
    db.session.add(made)
    db.session.flush()
    audit.record(audit.Deed.CREATED, _thing(made), {"new": dict(names)})
    return made


def rename(cause: CaseCause, names: Mapping[str, str]) -> None:
    if dict(cause.names) != dict(names):
        old, cause.names = dict(cause.names), dict(names)
        audit.record(audit.Deed.CHANGED, _thing(cause), {"old": old, "new": dict(names)})


def end(cause: CaseCause) -> None:
    """With all below it: they are chosen no more, and stay in what was chosen."""
    for one in (cause, *below(cause)):
        one.ended_at = one.ended_at or clock.now()
    audit.record(audit.Deed.CLOSED, _thing(cause))


def resume(cause: CaseCause) -> None:
    if cause.parent is not None and cause.parent.ended_at is not None:
        raise Invalid(_l("The cause above it has ended: take that up again first."))
    cause.ended_at = None
    audit.record(audit.Deed.REOPENED, _thing(cause))


def below(cause: CaseCause) -> list[CaseCause]:
    return [deeper for one in cause.children for deeper in (one, *below(one))]


def path(cause: CaseCause) -> list[CaseCause]:
    """From the topmost one down to itself."""
    return [*(path(cause.parent) if cause.parent else []), cause]


def _depth(cause: CaseCause) -> int:
    return len(path(cause)) - 1


def _thing(cause: CaseCause) -> audit.Thing:
    return audit.Thing("case_cause", str(cause.id), next(iter(cause.names.values()), ""))
