"""Adding up the counts of cells. Integers only, so any order gives the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from analysis.types import Distribution


def merge(distributions: Iterable[Distribution]) -> Distribution:
    """The distribution of all persons together; nothing in, nothing counted.

    The values keep the order in which they first appear. Only distributions of the same question, wording
    and scale may be merged. Raises ValueError when some count persons apart from values and some do not.
    """
    counts: Counter[str] = Counter()
    not_applicable = missing = persons = undecided = 0
    several: set[bool] = set()
    for distribution in distributions:
        counts.update(distribution.counts)
        not_applicable += distribution.not_applicable
        missing += distribution.missing
        persons += distribution.n
        undecided += distribution.undecided
        several.add(distribution.answered is not None)
    if len(several) > 1:
        raise ValueError("questions with one and with several answers a person cannot be merged")
    answered = persons if True in several else None
    return Distribution(dict(counts), not_applicable, missing, answered, undecided)
