"""Which units are complained of for a topic more, or less, than the others together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.statistics.adjust import adjust
from analysis.statistics.shares_compared import shares_test

ALPHA = 0.05
_CLEARLY_ALIKE = 2.0  # chi-square (P = .16): such a cell is never flagged, so its exact P need not be known

Cell = tuple[str, str]  # unit, topic


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's complaints of a topic that stand out: `share` against `others`, both 0…1."""

    unit: str
    topic: str
    share: float
    others: float
    p_adjusted: float

    @property
    def above(self) -> bool:
        return self.share > self.others


def standing_out(
    complaints: Mapping[Cell, int], comments: Mapping[str, int]
) -> tuple[tuple[Standing, ...], int]:
    """The cells that differ from the other units together, the surest first, and how many were compared.

    `complaints` by (unit, topic), `comments` by unit. Chi-square, or Fisher's exact test where an expected count is
    below 5; adjusted for all cells (Benjamini & Hochberg): of the cells that are named one in twenty at most is chance.
    Nothing for a single unit. Raises ValueError for more complaints than comments.
    """
    n, of = sum(comments.values()), Counter[str]()
    for (_unit, topic), x in complaints.items():
        of[topic] += x
    cells = [(*cell, x) for cell, x in complaints.items() if 0 < comments[cell[0]] < n]
    p = [_p(x, comments[unit], of[topic] - x, n - comments[unit]) for unit, topic, x in cells]
    found = [
        Standing(unit, topic, x / comments[unit], (of[topic] - x) / (n - comments[unit]), adjusted)
        for (unit, topic, x), adjusted in zip(cells, adjust(p).bh, strict=True)
        if adjusted is not None and adjusted < ALPHA
    ]
    return tuple(sorted(found, key=lambda one: (one.p_adjusted, -abs(one.share - one.others)))), len(cells)


def _p(x: int, n: int, rest: int, others: int) -> float:
    pooled = (x + rest) / (n + others)
    spread = pooled * (1 - pooled) * (1 / n + 1 / others)
    if spread <= 0 or (x / n - rest / others) ** 2 < _CLEARLY_ALIKE * spread:
        return 1.0
    p = shares_test(x, n, rest, others).p
    return 1.0 if p is None else p
