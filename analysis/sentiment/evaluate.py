"""How good the scores are on labelled comments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .classifying import classify
from .types import Sentiment


def predict(texts: Iterable[str]) -> list[Sentiment]:
    """The sentiment of many comments: what a measuring tool calls."""
    return classify(list(texts))


def macro_f1(gold: Sequence[str], found: Sequence[str], classes: Sequence[str]) -> float:
    """The mean over the classes of F1, each class counting alike however rare."""
    return sum(_f1(gold, found, name) for name in classes) / len(classes)


def _f1(gold: Sequence[str], found: Sequence[str], name: str) -> float:
    hit = sum(g == f == name for g, f in zip(gold, found, strict=True))
    claimed, there = found.count(name), gold.count(name)
    return 2 * hit / (claimed + there) if hit else 0.0


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive comment scores above a negative one; ties count one half."""
    won = sum((p > n) + 0.5 * (p == n) for p in positive for n in negative)
    return won / (len(positive) * len(negative))
