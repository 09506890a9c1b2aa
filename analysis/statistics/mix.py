"""Who answered before and after: whether the parts of a whole have shifted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.statistics.intervals import CONFIDENCE, Interval
from analysis.statistics.proportion import newcombe

IMPORTANT = 0.1
"""A part that grew or shrank by so much of the whole can move a figure by itself."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One part's share (0…1) before and after, and the interval of after − before."""

    key: str
    before: float
    after: float
    interval: Interval

    @property
    def important(self) -> bool:
        """Larger than IMPORTANT and not to be explained by chance."""
        low, high = self.interval
        return abs(self.after - self.before) >= IMPORTANT and (low > 0 or high < 0)


def shifts(
    before: Mapping[str, int], after: Mapping[str, int], n: tuple[int, int], confidence: float = CONFIDENCE
) -> list[Shift]:
    """The parts that are known on both sides, the largest shift first; none where either whole is empty.

    `n` are the wholes (before, after), of which parts may be missing. Each interval stands for itself, without
    correction for the number of parts. Raises ValueError for a part larger than its whole. Newcombe 1998.
    """
    found = []
    for key in before.keys() & after.keys():
        interval = newcombe(after[key], n[1], before[key], n[0], confidence)
        if interval is not None:
            found.append(Shift(key, before[key] / n[0], after[key] / n[1], interval))
    return sorted(found, key=lambda shift: (-abs(shift.after - shift.before), shift.key))
