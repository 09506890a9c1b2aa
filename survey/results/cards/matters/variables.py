"""What goes into the analysis of drivers: each question by itself, or the dimensions where there are too many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from analysis.statistics.drivers import MOST
from analysis.statistics.joint import Joint
from analysis.statistics.sums import Sums, exact
from survey.figures import Subject
from survey.questions.definition import definition_of
from survey.results.cards.matters.study import Study, bounds, oriented

LEAST, EACH = 50, 10  # complete persons, and so many more for each driver (Harrell 2015, section 4.4)


def least(drivers: int) -> int:
    """How many complete persons it takes."""
    return LEAST + EACH * drivers


@dataclass(frozen=True, slots=True)
class Variables:
    """Codes and labels of the drivers; `sums` has them in this order and the outcome last."""

    codes: Sequence[str]
    labels: Sequence[str]
    sums: Sums
    note: str = ""


def variables(study: Study, found: Joint, items: Sequence[Subject], outcome: Subject) -> Variables:
    """At most as many as can be taken apart exactly: else dimensions, else those that go best with the outcome."""
    sums = found.sums([oriented(found, one.track) for one in (*items, outcome)])
    grouped = _by_dimension(items)
    if len(items) <= MOST and (sums.n >= least(len(items)) or len(grouped) in (1, len(items))):
        return Variables([one.code for one in items], [study.label(one) for one in items], sums)
    if 1 < len(grouped) <= MOST:
        return _dimensions(study, items, grouped, sums)
    return _strongest(study, items, sums)


def _by_dimension(items: Sequence[Subject]) -> dict[str, list[int]]:
    """The places of the items in each dimension; of one without a dimension its own, under its code."""
    found: dict[str, list[int]] = {}
    for place, one in enumerate(items):
        found.setdefault(one.track.dimension or f"={one.code}", []).append(place)
    return found


def _dimensions(
    study: Study, items: Sequence[Subject], grouped: dict[str, list[int]], sums: Sums
) -> Variables:
    names = definition_of(study.view.version).dimensions
    labels = [
        names[code].say(study.view.locale) if code in names else study.label(items[places[0]])
        for code, places in grouped.items()
    ]
    weights = [blend(items, places, sums.k) for places in grouped.values()]
    whole = [0] * len(items) + [1]
    note = _(
        "There are too many questions for so many answers to take apart one by one: the dimensions are compared."
    )
    return Variables(list(grouped), labels, sums.blended([*weights, whole]), note)


def blend(items: Sequence[Subject], places: Sequence[int], width: int) -> list[Fraction | int]:
    """Weights that make the mean of these items, each on 0–100 but for its lowest point."""
    weights: list[Fraction | int] = [0] * width
    for place in places:
        low, high = bounds(items[place].track)
        weights[place] = Fraction(100) / (exact(high) - exact(low)) / len(places)
    return weights


def _strongest(study: Study, items: Sequence[Subject], sums: Sums) -> Variables:
    r = [abs(sums.correlation(place, sums.k - 1) or 0.0) for place in range(len(items))]
    kept = sorted(sorted(range(len(items)), key=lambda place: -r[place])[:MOST])
    note = _(
        "Only the %(n)s questions that go best with the outcome are taken apart. Dimensions in the questionnaire would allow all of them.",
        n=MOST,
    )
    chosen = [items[place] for place in kept]
    return Variables(
        [one.code for one in chosen],
        [study.label(one) for one in chosen],
        sums.pick([*kept, sums.k - 1]),
        note,
    )
