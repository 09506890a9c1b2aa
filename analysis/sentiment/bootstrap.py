"""How sure a macro-F1 is, and a difference of two on the same comments: by drawing comments anew.

The percentile bootstrap (Efron and Tibshirani 1993, chapter 13). A draw of n comments with replacement is a draw of
the counts of (true, found) pairs from a multinomial, which is what is done here: it costs no more with more comments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000
_SEED = 20261122  # the same comments give the same interval

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the middle 95 % of its draws."""

    value: float
    low: float
    high: float


def _codes(gold: Sequence[str], found: Sequence[str], classes: Sequence[str]) -> tuple[Numbers, int]:
    """One code a comment; whatever is found beside the classes is one further kind of miss."""
    at = {name: place for place, name in enumerate(classes)}
    wide = len(classes) + 1
    pairs = zip(gold, found, strict=True)
    return np.array([at[g] * wide + at.get(f, len(classes)) for g, f in pairs]), wide


def _f1(tables: Numbers, k: int) -> Numbers:
    """Macro-F1 of each table (draw, true, found) over the classes that the whole has; 0 for one without a hit."""
    hits = np.stack([tables[:, c, c] for c in range(k)], axis=1)
    both = tables[:, :, :k].sum(axis=1) + tables.sum(axis=2)
    made: Numbers = (2 * hits / np.maximum(both, 1)).mean(axis=1)
    return made


def macro_f1(gold: Sequence[str], found: Sequence[str], classes: Sequence[str]) -> Interval:
    """Raises ValueError without comments, KeyError where `gold` has another class."""
    codes, wide = _codes(gold, found, classes)
    k = len(classes)
    counts = np.bincount(codes.astype(int), minlength=k * wide)
    draws = np.random.default_rng(_SEED).multinomial(len(codes), counts / len(codes), DRAWS)
    drawn = _f1(draws.reshape(DRAWS, k, wide).astype(float), k)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Interval(float(_f1(counts.reshape(1, k, wide).astype(float), k)[0]), float(low), float(high))


def difference(
    gold: Sequence[str], new: Sequence[str], old: Sequence[str], classes: Sequence[str]
) -> Interval:
    """Macro-F1 of `new` less that of `old` on the same comments: both are drawn together."""
    first, wide = _codes(gold, new, classes)
    second, _ = _codes(gold, old, classes)
    k = len(classes)
    joint = (first * wide + second % wide).astype(int)
    counts = np.bincount(joint, minlength=k * wide * wide)
    draws = np.random.default_rng(_SEED).multinomial(len(joint), counts / len(joint), DRAWS)
    all_of = np.vstack([counts, draws]).reshape(-1, k, wide, wide).astype(float)
    gained = _f1(all_of.sum(axis=3), k) - _f1(all_of.sum(axis=2), k)
    low, high = np.quantile(gained[1:], (0.025, 0.975))
    return Interval(float(gained[0]), float(low), float(high))
