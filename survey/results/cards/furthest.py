"""Of very many units those that differ most from the whole, allowing for how many answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from flask_babel import gettext as _
from numpy.typing import NDArray

from survey.results.view import View

Key = TypeVar("Key")
MOST_UNITS = 60  # in one picture and its table
DRAWN = 30


def furthest(
    view: View,
    sums: Mapping[Key, Counter[str]],
    numbers: Mapping[str, float],
    told: Callable[[Key], bool],
) -> list[Key]:
    """The keys of the shown units furthest from the mean of all, in standard errors; not more than are drawn."""
    units, found = list(sums), list[Key]()
    counts = np.array([[sums[unit][value] for value in numbers] for unit in units], dtype=float)
    for at in np.argsort(-_distances(counts, list(numbers.values()), view.min_n), kind="stable"):
        if len(found) < DRAWN and told(units[at]):
            found.append(units[at])
    return found


def many_units(count: int) -> str:
    """Said where not all are drawn."""
    return _(
        "%(all)s units answer here: too many for one picture. Shown are the %(drawn)s that differ most from the "
        "whole, allowing for how many answered. Choose a unit above to see those below it.",
        all=f"{count:,}",
        drawn=DRAWN,
    )


def _distances(counts: NDArray[np.float64], numbers: Sequence[float], least: int) -> NDArray[np.float64]:
    """Of units with too few answers below all others."""
    scores, n = np.array(numbers, dtype=float), counts.sum(axis=1)
    total = max(1.0, n.sum())
    mean = (counts @ scores).sum() / total
    spread = np.sqrt(max((counts @ (scores - mean) ** 2).sum() / total, 1e-12))
    distance = np.abs(counts @ (scores - mean)) / (spread * np.sqrt(np.maximum(n, 1.0)))
    return np.asarray(np.where(n >= least, distance, -1.0))
