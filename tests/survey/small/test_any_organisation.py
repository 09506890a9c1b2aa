"""Whatever the organisation and however few answered: from all its figures together no hidden one follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product
from typing import Any

import numpy as np
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.extensions import db
from survey.figures import Filters, Publication, places, publication, responses_series
from survey.models import Questionnaire, Unit
from survey.processing import tallies
from survey.processing.counting import RECEIVED
from survey.processing.cuts import Place, cells
from tests import factories
from tests.survey.small.solver import Known, vectors

LEAST = 10
DAYS = [date(2026, 1, 20), date(2026, 1, 21), date(2026, 1, 26), date(2026, 2, 2), date(2026, 3, 9)]
CHANNELS = ("web", "qr")
MOST_UNITS, DEPTH, SERVICES = 6, 3, 2
Finest = tuple[int, int, str, int]  # numbers of unit, service type, channel and day

none, few, many = st.just(0), st.integers(1, LEAST - 1), st.integers(LEAST, 3 * LEAST)


@st.composite
def trees(draw: st.DrawFn) -> list[int | None]:
    """For each unit the number of the one above it, which comes before."""
    above: list[int | None] = [None]
    depth = [1]
    for _unit in range(draw(st.integers(1, MOST_UNITS - 1))):
        parent = draw(st.sampled_from([number for number, deep in enumerate(depth) if deep < DEPTH]))
        above.append(parent)
        depth.append(depth[parent] + 1)
    return above


@st.composite
def organisations(draw: st.DrawFn) -> tuple[list[int | None], dict[Finest, int]]:
    tree = draw(trees())
    finest = list(product(range(len(tree)), range(SERVICES), CHANNELS, range(len(DAYS))))
    usual = draw(st.sampled_from([(many, many, many, few), (many, few, none), (few, none)]))
    drawn = draw(st.lists(st.one_of(*usual), min_size=len(finest), max_size=len(finest)))
    return tree, dict(zip(finest, drawn, strict=True))


@dataclass(frozen=True)
class Drawn:
    """In the database, and as the unknowns of equations."""

    questionnaire: Questionnaire
    units: list[Unit]
    services: list[int]
    finest: dict[Finest, int]

    def of(self, filters: Filters, own: bool = False) -> tuple[int, ...]:
        return tuple(
            number
            for number, (unit, service, channel, day) in enumerate(self.finest)
            if self.units[unit].path.startswith(filters.unit_path)
            and (not own or self.units[unit].path == filters.unit_path)
            and self.services[service] in (filters.service_type_ids or self.services)
            and channel in (filters.channel or channel)
            and filters.first_on <= DAYS[day] <= filters.last_on
        )

    def asked(self) -> Iterator[Filters]:
        """Every range of days x unit x one filter or two."""
        services = [{"service_type_ids": frozenset({one})} for one in self.services]
        channels = [{"channel": one} for one in CHANNELS]
        pairs = [a | b for a, b in product(services, channels)]
        chosen: list[dict[str, Any]] = [{}, *services, *channels, *pairs]
        ranges = [(day, day) for day in DAYS] + list(combinations(DAYS, 2))
        for path, one, (first, last) in product(["", *(unit.path for unit in self.units)], chosen, ranges):
            yield Filters(self.questionnaire.id, first, last, unit_path=path, **one)


def _stored(tree: list[int | None], finest: dict[Finest, int]) -> Drawn:
    units: list[Unit] = []
    for above in tree:
        units.append(factories.UnitFactory(parent=None if above is None else units[above]))
    services = [factories.ServiceTypeFactory().id for _ in range(SERVICES)]
    questionnaire = factories.published()
    made = Drawn(questionnaire, units, services, finest)
    key, found = (responses_series(questionnaire.versions[0]), RECEIVED), Counter[Any]()
    for (unit, service, channel, day), n in finest.items():
        place = Place(DAYS[day], units[unit].id, services[service], channel, "en")
        for cell in cells(place, [key]):
            found[cell] += n
    tallies.add(found)
    return made


def _told(place: Drawn) -> tuple[set[tuple[int, ...]], dict[tuple[int, ...], Filters]]:
    """What is shown, and what is hidden because it is few."""
    n = np.array(list(place.finest.values()))
    publication._READ.clear()  # identities of the organisation before come again
    series = responses_series(place.questionnaire.versions[0])
    published = Publication(None, place.questionnaire.id, places(None), LEAST)
    shown: set[tuple[int, ...]] = set()
    hidden: dict[tuple[int, ...], Filters] = {(i,): None for i in range(len(n)) if 0 < n[i] < LEAST}  # type: ignore[misc]
    for filters in place.asked():
        of = [(place.of(filters), published.shows(series, filters))]
        unit = next((one for one in place.units if one.path == filters.unit_path), None)
        if unit is not None:
            bare = replace(filters, unit_path="")
            of.append((place.of(filters, own=True), published.shows_own(series, bare, unit)))
        for members, is_shown in of:
            total = n[list(members)].sum()
            if is_shown:
                assert total == 0 or total >= LEAST, filters
                shown.add(members)
            elif 0 < total < LEAST:
                hidden[members] = filters
    return shown, hidden


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(organisation=organisations())
def test_no_few_people_follow_from_all_figures_of_any_small_organisation(
    app: Flask, organisation: tuple[list[int | None], dict[Finest, int]]
) -> None:
    place = _stored(*organisation)
    shown, hidden = _told(place)
    db.session.rollback()
    known = Known(len(place.finest))
    known.add(vectors(sorted(shown), len(place.finest)))
    follow = known.follow(vectors(list(hidden), len(place.finest)))
    assert not [filters for filters, follows in zip(hidden.values(), follow, strict=True) if follows]
