"""Time limits: until when something must have happened, and setting them. Callers commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from survey.duty import limits
from survey.duty.limits import Limit, Limits
from survey.duty.plan import Plan
from survey.errors import Invalid
from survey.extensions import db
from survey.models import Limited, TimeLimit, Unit

LONGEST = 365 * limits.CLOCK_DAY  # minutes
_ORDER = (Limited.ACKNOWLEDGE, Limited.CONTACT, Limited.RESOLVE)


@dataclass(frozen=True, slots=True)
class Deadlines:
    acknowledge: datetime
    contact: datetime
    resolve: datetime


def deadlines(severity: str, unit: Unit, at: datetime) -> Deadlines:
    """Until when a case that begins at this instant has to be acknowledged, its customer reached, and it resolved."""
    known, calendar = limits_of(unit), Plan([unit], at.date()).calendar(unit.id)
    return Deadlines(*(known[severity, what].end(at, calendar) for what in _ORDER))


def warning(severity: str, unit: Unit, what: Limited, due: datetime) -> datetime:
    """When to warn that a limit will pass at `due`: when a quarter of its time is left."""
    calendar = Plan([unit], due.date()).calendar(unit.id)
    return limits_of(unit)[severity, what].warning(due, calendar)


def limits_of(unit: Unit) -> Limits:
    """What holds for the unit."""
    path = unit.path_ids
    rows = db.session.scalars(select(TimeLimit).where(TimeLimit.unit_id.in_(path)))
    return limits.merged(sorted(rows, key=lambda row: path.index(row.unit_id)))


def limits_above(unit: Unit) -> Limits:
    """What would hold without the unit's own."""
    return limits_of(unit.parent) if unit.parent else limits.DEFAULTS


def own_limits(unit: Unit) -> dict[tuple[str, str], TimeLimit]:
    rows = db.session.scalars(select(TimeLimit).where(TimeLimit.unit_id == unit.id))
    return {(row.severity, row.limited): row for row in rows}


def set_limits(unit: Unit, wanted: Mapping[tuple[str, str], Limit | None]) -> None:
    """None is as above. Raises Invalid, with the field severity_limited, where the three are not in their order."""
    given = dict(limits_above(unit)) | {key: limit for key, limit in wanted.items() if limit}
    for (severity, what), limit in given.items():
        if not 1 <= limit.minutes <= LONGEST:
            raise Invalid(_l("Between one minute and 365 days."), field=f"{severity}_{what}")
    _check_order(given)
    own = own_limits(unit)
    for (severity, what), chosen in wanted.items():
        row = own.get((severity, what))
        if chosen is None:
            if row is not None:
                db.session.delete(row)
            continue
        row = row or TimeLimit(unit_id=unit.id, severity=severity, limited=what)
        row.minutes, row.by_clock = chosen.minutes, chosen.by_clock
        db.session.add(row)
    db.session.flush()


def _check_order(given: Limits) -> None:
    """Of limits that run alike; what runs by the clock and what runs in working time cannot be compared."""
    for (severity, what), limit in given.items():
        before = _ORDER[: _ORDER.index(Limited(what))]
        for earlier in before:
            one = given[severity, earlier]
            if one.by_clock == limit.by_clock and one.minutes > limit.minutes:
                message = _l("This ends before an earlier step has to be done.")
                raise Invalid(message, field=f"{severity}_{what}")
