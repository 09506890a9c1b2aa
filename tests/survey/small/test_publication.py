"""From all figures of a small organisation together no hidden one follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.statistics.publication import Table, whole
from survey.figures import Filters, Publication, places, responses_series, selection
from survey.models import Response
from tests.survey.figures.organisation import FIRST, Organisation, organisation, process
from tests.survey.results.pages import signed_in, table
from tests.survey.small.solver import Known, vectors

LEAST = 10
DAYS = [FIRST + timedelta(days=number) for number in (0, 1, 2, 5, 13, 14)]  # two months
# ward, service type, channel, locale -> answers on each of the days
VOLUMES: dict[tuple[int, int, str, str], Sequence[int]] = {
    (0, 0, "web", "en"): (14, 11, 3, 12, 16, 12),
    (0, 0, "qr", "zh_Hans"): (2, 1, 9, 3, 1, 4),
    (0, 1, "web", "zh_Hans"): (1, 6, 2, 10, 0, 5),
    (1, 0, "web", "en"): (1, 2, 0, 1, 3, 2),
    (1, 1, "qr", "en"): (0, 1, 8, 0, 7, 1),
    (2, 0, "web", "en"): (11, 15, 12, 14, 10, 13),
    (2, 1, "qr", "zh_Hans"): (5, 4, 7, 3, 9, 8),
    (3, 0, "web", "zh_Hans"): (21, 18, 4, 11, 12, 30),
    (3, 1, "web", "en"): (3, 0, 1, 0, 2, 0),
    (3, 1, "qr", "zh_Hans"): (6, 9, 5, 10, 1, 2),
}


@pytest.fixture
def place(app: Flask) -> Organisation:
    place = organisation()
    for (ward, service, channel, locale), volumes in VOLUMES.items():
        for day, times in zip(DAYS, volumes, strict=True):
            place.answer(ward, service, {"staff": 5}, times, channel=channel, locale=locale, submitted_on=day)
    process()
    return place


class Unknowns:
    """Every finest cell: what the sums are made of."""

    def __init__(self, place: Organisation) -> None:
        found = Response.query.with_entities(
            Response.unit_id,
            Response.service_type_id,
            Response.channel,
            Response.locale,
            Response.submitted_on,
        ).all()
        wards = {ward.id: ward.path for ward in place.wards}
        self.cells = [
            (path, service.id, channel, locale, day)
            for path in wards.values()
            for service in place.services
            for channel in ("web", "qr")
            for locale in ("en", "zh_Hans")
            for day in DAYS
        ]
        at = {cell: number for number, cell in enumerate(self.cells)}
        self.n = np.zeros(len(self.cells), dtype=int)
        for unit, *rest in found:
            self.n[at[(wards[unit], *rest)]] += 1

    def of(self, filters: Filters) -> tuple[int, ...]:
        return tuple(
            number
            for number, (path, service, channel, locale, day) in enumerate(self.cells)
            if path.startswith(filters.unit_path)
            and service in (filters.service_type_ids or {service})
            and channel in (filters.channel or channel)
            and locale in (filters.locale or locale)
            and filters.first_on <= day <= filters.last_on
        )


def _asked(place: Organisation) -> Iterator[Filters]:
    """Every range of days x unit x service types, channel, language, and pairs of these."""
    services = [frozenset({one.id}) for one in place.services]
    one: list[dict[str, Any]] = [{}, *({"service_type_ids": s} for s in services)]
    one += [{"channel": "web"}, {"channel": "qr"}, {"locale": "en"}, {"locale": "zh_Hans"}]
    pairs = [a | b for a, b in combinations(one[1:], 2) if not set(a) & set(b)]
    for unit in (None, place.top, *place.branches, *place.wards):
        for chosen in (*one, *pairs):
            for first in DAYS:
                for last in (day for day in DAYS if day >= first):
                    path = unit.path if unit else ""
                    yield place.filters(unit_path=path, first_on=first, last_on=last, **chosen)


def test_no_hidden_figure_follows_from_all_that_are_published(place: Organisation) -> None:
    unknowns = Unknowns(place)
    series = responses_series(place.questionnaire.versions[0])
    published = Publication(None, place.questionnaire.id, places(None), LEAST)
    shown, hidden = set(), {}
    for filters in _asked(place):
        cells = unknowns.of(filters)
        if published.shows(series, filters):
            assert not 0 < unknowns.n[list(cells)].sum() < LEAST
            shown.add(cells)
        elif 0 < unknowns.n[list(cells)].sum() < LEAST:
            hidden[cells] = filters
    known = Known(len(unknowns.cells))
    known.add(vectors(sorted(shown), len(unknowns.cells)))
    follow = known.follow(vectors(list(hidden), len(unknowns.cells)))
    assert len(shown) > 100  # something is left to see
    assert len(hidden) > 500
    assert not [filters for filters, follows in zip(hidden.values(), follow, strict=True) if follows]


def test_the_solver_finds_what_follows() -> None:
    """Three days of a ward less the first two."""
    known = Known(3)
    known.add(vectors([(0, 1, 2), (0, 1)], 3))
    assert known.follow(vectors([(2,), (1,), (0, 1)], 3)) == [True, False, True]


def test_pages_show_only_what_is_published(place: Organisation, client: FlaskClient) -> None:
    """The n of each unit and service type in the files of the overview, for every range of days."""
    signed_in(client)
    unknowns = Unknowns(place)
    units = {f"Unit {unit.code}": unit.path for unit in place.wards}
    services = {f"Service {one.code}": frozenset({one.id}) for one in place.services}
    series = place.questionnaire.versions[0].series["staff"]
    published = Publication(None, place.questionnaire.id, places(None), LEAST)
    responses, seen_places = responses_series(place.questionnaire.versions[0]), places(None)
    seen = 0
    for first, last in ((a, b) for a in DAYS for b in DAYS if a <= b):
        asked = place.filters(first_on=first, last_on=last)
        filters = selection(None, asked, responses, seen_places, published, place.wards).filters
        days = {"from": str(first), "to": str(last)}
        for name, row in table(client, "units", **days).items():
            if name in units and row[3]:
                one = place.filters(first_on=filters.first_on, last_on=filters.last_on, unit_path=units[name])
                assert published.shows(series, one)
                assert int(row[3]) == unknowns.n[list(unknowns.of(one))].sum() >= LEAST
                seen += 1
        for name, row in table(client, "service-types", **days).items():
            if name in services and row[3]:
                one = place.filters(
                    first_on=filters.first_on, last_on=filters.last_on, service_type_ids=services[name]
                )
                assert published.shows(series, one)
                seen += 1
    assert seen > 20


@settings(max_examples=60, deadline=None)
@given(counts=st.lists(st.lists(st.integers(0, 25), min_size=5, max_size=5), min_size=2, max_size=5))
def test_between_two_ends_that_are_known_are_many_or_nobody(counts: list[list[int]]) -> None:
    upto = np.array([[[0, *np.cumsum(row)]] for row in counts])
    everywhere = np.ones((len(counts), 6), dtype=bool)
    cut = whole(Table(upto, upto[:, :, -1], everywhere, everywhere[:1], LEAST), [3, 1, 2, 4]).cells[:, 0]
    for row, cuts in zip(upto[:, 0], cut, strict=True):
        steps = np.diff(row[cuts])
        assert all(step == 0 or step >= LEAST for step in steps)
    filled = upto[:, 0, -1] > 0
    known = cut.copy()
    for boundary in range(6):
        (left,) = np.nonzero(filled & ~cut[:, boundary])
        if cut[:, boundary].any() and len(left) == 1:
            known[left[0], boundary] = True  # it follows from the sum of all
    for row, ends in zip(upto[:, 0], known, strict=True):
        assert all(step == 0 or step >= LEAST for step in np.diff(row[ends]))
