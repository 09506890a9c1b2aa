"""From all figures together with those of "all others" no hidden one follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from flask import Flask

from survey.figures import Filters, Publication, places, responses_series, subjects
from survey.results.comparing.sides import Side, against_rest
from tests.survey.figures.organisation import Organisation
from tests.survey.small.solver import Known, vectors
from tests.survey.small.test_publication import DAYS, LEAST, Unknowns, _asked
from tests.survey.small.test_publication import place as place

PARTS = ("unit_path", "service_type_ids", "channel", "locale")
ALL: dict[str, Any] = {"unit_path": "", "service_type_ids": frozenset(), "channel": "", "locale": ""}


def _wholes(part: Filters, units: list[str]) -> Iterator[Filters]:
    """All that a part can be compared within: without one of its filters, or in a unit above its own."""
    for name in PARTS:
        if getattr(part, name):
            yield replace(part, **{name: ALL[name]})
    for above in units:
        if part.unit_path.startswith(above) and part.unit_path != above:
            yield replace(part, unit_path=above)


def _side(place: Organisation, published: Publication, filters: Filters) -> Side:
    version = place.questionnaire.versions[0]
    subject = replace(subjects(version)["staff"], series_id=responses_series(version))
    return Side("", "", subject, filters, published, None)  # type: ignore[arg-type]


def test_nothing_hidden_follows_from_all_others(app: Flask, place: Organisation) -> None:
    unknowns, unknown = Unknowns(place), len(Unknowns(place).cells)
    published = Publication(None, place.questionnaire.id, places(None), LEAST)
    units = [unit.path for unit in (place.top, *place.branches, *place.wards)]
    series = responses_series(place.questionnaire.versions[0])
    shown: set[tuple[int, ...]] = set()
    hidden: set[tuple[int, ...]] = set()
    rests = 0
    for part in _asked(place):
        cells = unknowns.of(part)
        (shown if published.shows(series, part) else hidden).add(cells)
        for whole in _wholes(part, units):
            others = tuple(sorted(set(unknowns.of(whole)) - set(cells)))
            n = unknowns.n[list(others)].sum()
            sides = against_rest(_side(place, published, part), _side(place, published, whole), "others")
            days = (part.first_on, part.last_on)
            if sides and (sides[1].filters.first_on, sides[1].filters.last_on) == days and sides[1].shown:
                assert not 0 < n < LEAST, (part, whole)
                rests += n > 0
                shown.add(others)
            else:
                hidden.add(others)
    few = sorted(cells for cells in hidden - shown if 0 < unknowns.n[list(cells)].sum() < LEAST)
    known = Known(unknown)
    known.add(vectors(sorted(shown), unknown))
    assert rests > 100 and len(few) > 500 and len(DAYS) == 6
    assert not np.any(known.follow(vectors(few, unknown)))
