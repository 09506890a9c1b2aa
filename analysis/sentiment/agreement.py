"""How far two people agree about the same comments: NLTK's agreement, of labels that have no order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .lean_nltk import lean

Said = tuple[str, str, str]  # person, comment, label


def agreement(said: Sequence[Said]) -> dict[str, Any]:
    """n: comments with two labels or more; share: of these, where the first two are the same.

    kappa is Cohen's of the first two labels of each comment, alpha Krippendorff's of all (Artstein and Poesio 2008);
    None where they cannot be computed, as where everybody always says the same.
    """
    task = lean("nltk.metrics.agreement").AnnotationTask
    by_comment: dict[str, list[tuple[str, str]]] = {}
    for person, comment, label in said:
        by_comment.setdefault(comment, []).append((person, label))
    twice = {comment: sorted(labels) for comment, labels in by_comment.items() if len(labels) > 1}
    if not twice:
        return {"n": 0, "share": None, "kappa": None, "alpha": None}
    two = [
        (coder, c, labels[i][1]) for c, labels in twice.items() for i, coder in enumerate(("first", "second"))
    ]
    every = [(person, c, label) for c, labels in twice.items() for person, label in labels]
    same = sum(labels[0][1] == labels[1][1] for labels in twice.values())
    return {
        "n": len(twice),
        "share": same / len(twice),
        "kappa": _of(task(two), "kappa"),
        "alpha": _of(task(every), "alpha"),
    }


def _of(task: Any, name: str) -> float | None:
    """None where chance alone would make everybody agree."""
    if len(task.K) < 2:
        return None
    try:
        return float(getattr(task, name)())
    except ZeroDivisionError:
        return None
