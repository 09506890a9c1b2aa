"""Weights that bring the mix of responses to known totals: one set for a questionnaire and its days, for all units.

They are made of the responses of the whole organisation, whatever is selected of them, and applied to the selected
answers: a unit's figure is weighted by the same weights as everybody's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from analysis.statistics.raking import rake
from analysis.statistics.weighted import Weighted, weighted_estimate
from analysis.types import Reason
from survey.extensions import db
from survey.figures.filters import Dimension, Filters
from survey.figures.measures import distribution, scale_of
from survey.figures.subjects import Subject
from survey.figures.tallies import Key, counts
from survey.models import KnownTotals, Margin, ServiceType, Unit, User
from survey.processing.counting import RECEIVED

DIMENSIONS = {margin: Dimension(margin.value) for margin in Margin}


@dataclass(frozen=True)
class Weighting:
    """`weights` by the categories of the margins; empty where a `problem` says why there are none."""

    known: Sequence[KnownTotals]
    weights: Mapping[Key, float]
    category: Callable[[Dimension, Any], Any]
    problem: str = ""  # none, no_answers, no_total, empty_stratum, not_converged
    lacking: Sequence[tuple[str, str]] = ()  # margin and code

    @property
    def margins(self) -> list[str]:
        return [one.margin for one in self.known]

    @property
    def dimensions(self) -> list[Dimension]:
        """What counts must be split by: units first, then the margins."""
        return [Dimension.UNIT, *(d for d in self._own if d is not Dimension.UNIT)]

    @property
    def _own(self) -> list[Dimension]:
        return [DIMENSIONS[Margin(one.margin)] for one in self.known]

    def weight(self, key: Key) -> float:
        """Of a cell whose key is by `dimensions`."""
        found = dict(zip(self.dimensions, key, strict=True))
        return self.weights.get(tuple(self.category(d, found[d]) for d in self._own), 0.0)

    def cells(self, person: User | None, filters: Filters, subject: Subject) -> dict[Key, Counter[str]]:
        return dict(counts(person, filters, [subject.series_id], self.dimensions)[subject.series_id])

    def estimate(self, subject: Subject, metric: str, cells: Mapping[Key, Counter[str]]) -> Weighted:
        scale = scale_of(subject.track)
        if scale is None:
            raise ValueError(f"{subject.code} has no metric")
        given = (
            (distribution(subject.track, counted).counts, self.weight(key)) for key, counted in cells.items()
        )
        return weighted_estimate(metric, given, scale)


def known_totals(questionnaire_id: int) -> list[KnownTotals]:
    """Of each margin those entered last, where they were not withdrawn; in the order of the margins."""
    rows = db.session.scalars(
        select(KnownTotals)
        .where(KnownTotals.questionnaire_id == questionnaire_id)
        .order_by(KnownTotals.id)
        .options(joinedload(KnownTotals.person))
    )
    last = {row.margin: row for row in rows}
    return [last[margin] for margin in Margin if margin in last and last[margin].totals]


def weighting(filters: Filters, responses_series: int) -> Weighting:
    """For the questionnaire and the days of the filters; see `Weighting`."""
    known, category = known_totals(filters.questionnaire_id), _categories()
    made = Weighting(known, {}, lambda d, value: value)
    if not known:
        return replace(made, problem="none")
    units = _unit_codes(known)
    made = replace(
        made, category=lambda d, value: (units if d is Dimension.UNIT else category).get(value, value)
    )
    whole = Filters(filters.questionnaire_id, filters.first_on, filters.last_on)
    found = counts(None, whole, [responses_series], made.dimensions)[responses_series]
    responses: Counter[Key] = Counter()
    for key, counted in found.items():
        by = dict(zip(made.dimensions, key, strict=True))
        responses[tuple(made.category(d, by[d]) for d in made._own)] += counted[RECEIVED]
    return _raked(made, responses)


def _categories() -> dict[Any, str]:
    """The codes under which totals are kept; channels and languages are their own."""
    return {row.id: row.code for row in db.session.execute(select(ServiceType.id, ServiceType.code))}


def _unit_codes(known: Iterable[KnownTotals]) -> dict[Any, str]:
    """For each unit the code of the nearest one at or above it that has a total."""
    totals: Any = next((one.totals for one in known if one.margin == Margin.UNIT), {})
    rows = db.session.execute(select(Unit.id, Unit.code, Unit.path)).all() if totals else []
    codes = {row.id: row.code for row in rows}
    found = {}
    for row in rows:
        above = [codes[int(part)] for part in row.path.strip("/").split("/")]
        found[row.id] = next((code for code in reversed(above) if code in totals), row.code)
    return found


def _raked(made: Weighting, responses: Counter[Key]) -> Weighting:
    if not sum(responses.values()):
        return replace(made, problem="no_answers")
    axes = [sorted(one.totals) for one in made.known]
    unknown = _beside(made, responses, axes)
    if unknown:
        return replace(made, problem="no_total", lacking=unknown)
    table = np.zeros([len(axis) for axis in axes])
    places = [{code: place for place, code in enumerate(axis)} for axis in axes]
    for key, count in responses.items():
        table[tuple(place[code] for place, code in zip(places, key, strict=True))] += count
    margins = [[float(one.totals[code]) for code in axis] for one, axis in zip(made.known, axes, strict=True)]
    raked = rake(table, margins)
    if raked.weights is None:
        lacking = _empty(made, table, axes) if raked.reason is Reason.EMPTY_STRATUM else []
        return replace(made, problem=str(raked.reason), lacking=lacking)
    weights = raked.weights
    return replace(
        made,
        weights={
            key: float(weights[tuple(place[code] for place, code in zip(places, key, strict=True))])
            for key in responses
        },
    )


def _beside(made: Weighting, responses: Counter[Key], axes: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Categories with responses and without a total."""
    found = {
        (one.margin, str(key[at]))
        for at, (one, axis) in enumerate(zip(made.known, axes, strict=True))
        for key, count in responses.items()
        if count and key[at] not in axis
    }
    return sorted(found)


def _empty(made: Weighting, table: Any, axes: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Categories with a total and without responses."""
    found = []
    for at, (one, axis) in enumerate(zip(made.known, axes, strict=True)):
        sums = table.sum(axis=tuple(other for other in range(table.ndim) if other != at))
        found += [
            (one.margin, code) for code, n in zip(axis, sums, strict=True) if not n and one.totals[code] > 0
        ]
    return found
