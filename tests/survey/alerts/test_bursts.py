"""Bursts: how many matches of how many days make one alert, in whatever portions they come."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from survey.alerts.bursts import Seen, gathered
from survey.alerts.terms import Terms

FIRST = date(2026, 1, 1)
days = st.lists(st.integers(0, 12), max_size=12)
orders = st.randoms(use_true_random=False)
wanted = st.builds(
    lambda least, within: Terms.model_validate(
        {"parts": [{"kind": "detractor"}], "at_least": least, "within_days": within}
    ),
    st.integers(2, 4),
    st.integers(1, 4),
)


def seen(offsets: list[int]) -> list[Seen]:
    """In the order of days, those of one day in any order of their ids."""
    made = [Seen(uuid.UUID(int=17 * n % 1009), FIRST + timedelta(days=day)) for n, day in enumerate(offsets)]
    return sorted(made, key=lambda one: one.day)


def in_portions(rows: list[Seen], terms: Terms, size: int) -> dict[uuid.UUID, uuid.UUID]:
    """The alert of each match when they come `size` at a time."""
    known: list[Seen] = []
    alerts: dict[uuid.UUID, uuid.UUID] = {}
    for start in range(0, len(rows), size):
        fresh = rows[start : start + size]
        for burst in gathered([*known, *fresh], terms):
            alerts |= dict.fromkeys(burst.members, burst.alert_id or uuid.uuid4())
        known += fresh
        known = [Seen(one.response_id, one.day, alerts.get(one.response_id), fresh=False) for one in known]
    return alerts


@given(days, wanted)
def test_a_burst_has_as_many_members_as_asked_for_and_no_gap(offsets: list[int], terms: Terms) -> None:
    day_of = {one.response_id: one.day for one in seen(offsets)}
    members = [member for burst in gathered(seen(offsets), terms) for member in burst.members]
    assert len(members) == len(set(members))
    for burst in gathered(seen(offsets), terms):
        those = sorted(day_of[member] for member in burst.members)
        assert len(those) >= terms.at_least
        gaps = [(b - a).days for a, b in zip(those, those[1:], strict=False)]
        assert all(gap < terms.within_days for gap in gaps)


@given(days, wanted, st.integers(1, 5))
def test_portions_in_the_order_of_days_make_the_same_bursts(
    offsets: list[int], terms: Terms, size: int
) -> None:
    rows = seen(offsets)
    at_once = {frozenset(burst.members) for burst in gathered(rows, terms)}
    by_alert: dict[uuid.UUID, set[uuid.UUID]] = {}
    for member, alert in in_portions(rows, terms, size).items():
        by_alert.setdefault(alert, set()).add(member)
    assert {frozenset(those) for those in by_alert.values()} == at_once


@given(days, wanted, orders)
def test_whatever_the_order_no_more_than_too_few_stay_without_an_alert(
    offsets: list[int], terms: Terms, order: Random
) -> None:
    rows = seen(offsets)
    order.shuffle(rows)
    alerts = in_portions(rows, terms, 1)
    left = sorted(one.day for one in rows if one.response_id not in alerts)
    reach = timedelta(days=terms.within_days)
    for day in left:
        assert sum(day <= other < day + reach for other in left) < terms.at_least


@given(days, wanted)
def test_nothing_new_happens_without_a_fresh_match(offsets: list[int], terms: Terms) -> None:
    rows = [Seen(one.response_id, one.day, one.alert_id, fresh=False) for one in seen(offsets)]
    assert gathered(rows, terms) == []
