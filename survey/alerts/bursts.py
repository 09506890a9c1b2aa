"""When several responses that fulfil a rule come together: one alert for all of them, which grows while more come."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from survey.alerts.terms import Terms


@dataclass(frozen=True, slots=True)
class Seen:
    """A match of one rule in one unit; `alert_id` once it belongs to a burst."""

    response_id: uuid.UUID
    day: date
    alert_id: uuid.UUID | None = None
    fresh: bool = True  # not judged before


@dataclass(frozen=True, slots=True)
class Burst:
    """`members` belong to it now; without an alert yet it is a new one."""

    alert_id: uuid.UUID | None
    members: tuple[uuid.UUID, ...]


def gathered(seen: Iterable[Seen], terms: Terms) -> list[Burst]:
    """The bursts that begin or grow by the fresh ones among these matches of one unit.

    A match joins the burst of the nearest other within the days; where there is none, as many as the terms ask for
    within their days, it being one of them, begin one.
    """
    rows = sorted(seen, key=lambda one: (one.day, one.response_id))
    known = {one.response_id: one for one in rows if not one.fresh}
    of: dict[uuid.UUID, object] = {one.response_id: one.alert_id for one in rows if one.alert_id}
    grown: dict[object, list[uuid.UUID]] = {}
    for one in rows:
        if not one.fresh:
            continue
        known[one.response_id] = one
        burst, members = _beside(one, known, of, terms), [one.response_id]
        if burst is None:
            free = [other for other in known.values() if other.response_id not in of]
            members = _together(one, free, terms)
            burst = object() if members else None
        if burst is not None:
            of |= dict.fromkeys(members, burst)
            grown.setdefault(burst, []).extend(members)
    return [
        Burst(burst if isinstance(burst, uuid.UUID) else None, tuple(members))
        for burst, members in grown.items()
    ]


def _beside(
    one: Seen, known: Mapping[uuid.UUID, Seen], of: Mapping[uuid.UUID, object], terms: Terms
) -> object | None:
    """The burst of the nearest match within the days that has one."""
    reach = timedelta(days=terms.within_days)
    near = [known[id_] for id_ in of if abs(known[id_].day - one.day) < reach]
    nearest = min(near, key=lambda other: (abs(other.day - one.day), other.response_id), default=None)
    return of[nearest.response_id] if nearest else None


def _together(one: Seen, free: Sequence[Seen], terms: Terms) -> list[uuid.UUID]:
    """Enough matches around it that lie within the days, the earliest ones; empty where there are too few."""
    reach = timedelta(days=terms.within_days)
    for end in sorted({other.day for other in free if timedelta(0) <= other.day - one.day < reach}):
        within = [other.response_id for other in free if end - reach < other.day <= end]
        if len(within) >= terms.at_least:
            return within
    return []
