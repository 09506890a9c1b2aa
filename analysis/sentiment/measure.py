"""How right a reader is on comments whose sentiment people have said: figures as plain numbers, ready for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import bootstrap
from .types import Label, Sentiment

CLASSES = (Label.NEGATIVE.value, Label.NEUTRAL.value, Label.POSITIVE.value)
ANSWERS = (*CLASSES, Label.UNDECIDED.value, Label.NO_CONTENT.value)  # what a reader may say of them
STEPS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0001)  # of confidence
WORST = 30


def measured(gold: Sequence[str], found: Sequence[Sentiment]) -> dict[str, Any]:
    """Of comments with one of the three opinions (CLASSES) in `gold`, at least one.

    n; f1 [value, low, high]: macro-F1 over the classes that people found, an abstention being a miss; matrix: a row
    for each class, a column for each of ANSWERS; undecided: how many; reliability: where the reader was so sure, how
    often it was right.
    """
    labels = [one.label.value for one in found]
    classes = [name for name in CLASSES if name in gold]
    f1 = bootstrap.macro_f1(gold, labels, classes)
    return {
        "n": len(gold),
        "f1": [f1.value, f1.low, f1.high],
        "matrix": [[_count(gold, labels, g, f) for f in ANSWERS] for g in CLASSES],
        "undecided": labels.count(Label.UNDECIDED.value),
        "reliability": _reliability(gold, found),
    }


def _count(gold: Sequence[str], labels: Sequence[str], said: str, read: str) -> int:
    return sum(g == said and f == read for g, f in zip(gold, labels, strict=True))


def _reliability(gold: Sequence[str], found: Sequence[Sentiment]) -> list[dict[str, float]]:
    """Of comments that got an opinion, by how sure the reader was: from, to, n, its mean confidence, share right."""
    sure = [
        (one.confidence, one.label.value == g)
        for g, one in zip(gold, found, strict=True)
        if one.label.value in CLASSES
    ]
    made = []
    for low, high in zip(STEPS, STEPS[1:], strict=False):
        here = [(confidence, right) for confidence, right in sure if low <= confidence < high]
        if here:
            mean, right = (sum(part) / len(here) for part in zip(*here, strict=True))
            made.append(
                {"from": low, "to": min(high, 1.0), "n": len(here), "confidence": mean, "right": right}
            )
    return made


def worst(gold: Sequence[str], found: Sequence[Sentiment]) -> list[int]:
    """The places of the errors of which the reader was surest."""
    wrong = [place for place, (g, one) in enumerate(zip(gold, found, strict=True)) if one.label.value != g]
    return sorted(wrong, key=lambda place: -found[place].confidence)[:WORST]
