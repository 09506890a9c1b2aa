"""How sure a label is: what was seen on openly licensed labelled comments, not a probability of its own."""

from __future__ import annotations

import math

from .types import Hit, Label

_NEUTRAL = 0.45  # of short facts and balanced texts that readers call neutral as well


def confidence_of(label: Label, score: float, hits: list[Hit]) -> float:
    """0…1: grows with the score and falls where terms speak against each other."""
    if label is Label.NEUTRAL:
        return _NEUTRAL
    found = [abs(weight) for _, _, weight in hits]
    agreed = abs(sum(weight for _, _, weight in hits)) / sum(found)
    return round(0.5 + 0.3 * abs(score) + 0.2 * agreed * math.sqrt(abs(score)), 3)
