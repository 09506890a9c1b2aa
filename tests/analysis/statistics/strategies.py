"""Distributions and scales for property tests."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

from hypothesis import strategies as st

from analysis.statistics import SENTIMENTS
from analysis.types import Distribution, Scale


def scale_of(low: int, high: int, top: int) -> Scale:
    keys = [str(number) for number in range(low, high + 1)]
    return Scale({key: float(key) for key in keys}, frozenset(keys[-top:]))


FIVE = scale_of(1, 5, 2)
SEVEN = scale_of(1, 7, 3)
TEN = scale_of(0, 10, 2)

METRIC_SCALES = {
    "csat": FIVE,
    "nps": TEN,
    "ces": SEVEN,
    "mean": FIVE,
    "mean_100": FIVE,
    "sentiment_balance": SENTIMENTS,
}


def distributions(scale: Scale, most: int = 500) -> st.SearchStrategy[Distribution]:
    counts = st.fixed_dictionaries({key: st.integers(0, most) for key in scale.values})
    return st.builds(Distribution, counts, st.integers(0, 9), st.integers(0, 9))


def finite(found: Any) -> bool:
    """Whether every number in a result is a number that can be shown."""
    if dataclasses.is_dataclass(found) and not isinstance(found, type):
        return all(finite(getattr(found, part.name)) for part in dataclasses.fields(found))
    if isinstance(found, tuple | list):
        return all(map(finite, found))
    if isinstance(found, dict):
        return all(map(finite, found.values()))
    return not isinstance(found, float) or math.isfinite(found)
