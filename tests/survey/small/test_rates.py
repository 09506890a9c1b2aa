"""From all response rates of invitations together none of few invitations follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from flask import Flask

from analysis.types import Reason
from survey.figures import Filters, invitation_rate, places
from tests.survey.figures.organisation import FIRST, Organisation, organisation
from tests.survey.small.solver import Known, vectors

LEAST = 10
DAYS = [FIRST + timedelta(days=number) for number in (0, 1, 5, 13, 14)]  # two months
# ward, service type, channel -> invitations made on each of the days
VOLUMES: dict[tuple[int, int, str], Sequence[int]] = {
    (0, 0, "sms"): (14, 11, 3, 12, 16),
    (0, 1, "email"): (1, 6, 2, 10, 0),
    (1, 0, "sms"): (1, 2, 0, 1, 3),
    (2, 0, "sms"): (11, 15, 12, 14, 10),
    (2, 1, "email"): (5, 4, 7, 3, 9),
    (3, 0, "sms"): (21, 18, 4, 11, 12),
    (3, 1, "email"): (6, 9, 5, 10, 1),
}
Finest = tuple[int, int, str, date]


@pytest.fixture
def place(any_app: Flask) -> Organisation:
    place = organisation()
    for (ward, service, channel), volumes in VOLUMES.items():
        for day, times in zip(DAYS, volumes, strict=True):
            place.invite(ward, service, times, used=times // 2, channel=channel, made_on=day)
    return place


CELLS: list[Finest] = [(*key, day) for key, day in product(VOLUMES, DAYS)]
N = np.array([dict(zip(DAYS, VOLUMES[cell[:3]], strict=True))[cell[3]] for cell in CELLS])


def _asked(place: Organisation) -> Iterator[Filters]:
    services = [frozenset[int](), *(frozenset({one.id}) for one in place.services)]
    ranges = [(first, last) for first in DAYS for last in DAYS if first <= last]
    units = ("", *(unit.path for unit in (place.top, *place.branches, *place.wards)))
    for path, service, channel, days in product(units, services, ("", "sms", "email"), ranges):
        first, last = days
        yield place.filters(
            unit_path=path, service_type_ids=service, channel=channel, first_on=first, last_on=last
        )


def _cells(place: Organisation, filters: Filters) -> tuple[int, ...]:
    return tuple(
        number
        for number, (ward, service, channel, day) in enumerate(CELLS)
        if place.wards[ward].path.startswith(filters.unit_path)
        and place.services[service].id in (filters.service_type_ids or {place.services[service].id})
        and channel in (filters.channel or channel)
        and filters.first_on <= day <= filters.last_on
    )


def test_no_rate_of_few_invitations_follows_by_subtracting_what_is_shown(place: Organisation) -> None:
    seen, shown, few = places(None), set(), set()
    for asked in _asked(place):
        sent = int(N[list(_cells(place, asked))].sum())
        rate = invitation_rate(None, asked, seen, LEAST)
        if 0 < sent < LEAST:
            few.add(_cells(place, asked))
        if rate is None:
            assert sent == 0
        elif rate.estimate.reason is not Reason.SUPPRESSED:
            cells = _cells(place, rate.filters)
            assert rate.estimate.n == N[list(cells)].sum() >= LEAST
            shown.add(cells)
    known = Known(len(CELLS))
    known.add(vectors(sorted(shown), len(CELLS)))
    assert len(shown) > 20
    assert len(few) > 30
    assert not any(known.follow(vectors(sorted(few), len(CELLS))))


def test_a_range_less_a_shorter_one_leaves_no_single_invitation(any_app: Flask) -> None:
    """Twelve, one and twelve: the one would be twenty-five less twice twelve."""
    place = organisation()
    days = [FIRST + timedelta(days=number) for number in range(3)]
    for day, times in zip(days, (12, 1, 12), strict=True):
        place.invite(0, 0, times, used=1, made_on=day)
    ranges = [place.filters(first_on=a, last_on=b) for a in days for b in days if a <= b]
    rates = [invitation_rate(None, asked, places(None), LEAST) for asked in ranges]
    sizes = sorted({rate.estimate.n for rate in rates if rate})
    assert sizes in ([12, 13, 25], [25])
