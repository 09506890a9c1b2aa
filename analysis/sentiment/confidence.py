"""How sure a label is: an order by score and agreement, not a probability."""

from __future__ import annotations

import math

from .types import Hit, Label

_NEUTRAL = 0.45  # of short facts and balanced texts: readers call less than half of them neutral


def confidence_of(label: Label, score: float, hits: list[Hit]) -> float:
    """0…1: grows with the score and falls where terms speak against each other."""
    if label is Label.NEUTRAL:
        return _NEUTRAL
    found = [abs(weight) for _, _, weight in hits]
    agreed = abs(sum(weight for _, _, weight in hits)) / sum(found)
    return round(0.5 + 0.3 * abs(score) + 0.2 * agreed * math.sqrt(abs(score)), 3)
