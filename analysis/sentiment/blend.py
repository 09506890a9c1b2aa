"""The rules' scores blended with the embedding's; the rules win where they are sure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from . import embedding
from .score import NEUTRAL_BAND, label_of
from .types import Label, Sentiment

_SURE = 0.6  # a score of the rules beyond which nothing is asked
_RULES_SHARE = 0.6  # of the blended score
_BAND = 0.2  # blended scores nearer to 0 have no side; found on the openly licensed sets, as docs/sentiment.md says
_DECIDES = 0.6  # probability from which the embedding speaks where the rules know nothing


def _asked(found: Sentiment) -> bool:
    return found.language != "und" and found.label is not Label.NO_CONTENT and abs(found.score) <= _SURE


def _stretched(score: float) -> float:
    """The blended score on the scale of the rules: its band of no side becomes theirs, the order stays."""
    size = abs(score)
    if size < _BAND:
        return score * NEUTRAL_BAND / _BAND
    return math.copysign(NEUTRAL_BAND + (size - _BAND) * (1 - NEUTRAL_BAND) / (1 - _BAND), score)


def _heard(odds: Sequence[float], found: Sentiment, purpose: str | None) -> float:
    """What the embedding says from -1 to 1: less where it holds the text for neutral, nothing against what was asked for."""
    negative, neutral, positive = odds
    said = (positive - negative) * (1 - neutral)
    if (purpose == "improve" and found.score < 0 < said) or (purpose == "good" and said < 0 < found.score):
        return 0.0
    return said


def _blended(found: Sentiment, odds: Sequence[float], purpose: str | None) -> Sentiment:
    method = f"{found.method}+{embedding.METHOD}"
    if found.label is Label.UNDECIDED and max(odds) < _DECIDES:
        return replace(found, method=method)
    mixed = _RULES_SHARE * found.score + (1 - _RULES_SHARE) * _heard(odds, found, purpose)
    score = round(_stretched(mixed), 4)
    label = label_of(score)
    sure = odds[1] if label is Label.NEUTRAL else 0.5 + 0.5 * math.sqrt(abs(mixed))
    return replace(found, label=label, score=score, method=method, confidence=round(max(0.4, sure), 3))


def with_embedding(
    found: Sequence[Sentiment], texts: Sequence[str], purposes: Sequence[str | None]
) -> list[Sentiment]:
    """The sentiments of the rules, blended where these are not sure; in one batch, for the model is fast in these."""
    asked = [place for place, one in enumerate(found) if _asked(one)]
    made = list(found)
    if asked:
        odds = embedding.probabilities(embedding.vectors([texts[place] for place in asked])).tolist()
        for place, row in zip(asked, odds, strict=True):
            made[place] = _blended(found[place], row, purposes[place])
    return made
