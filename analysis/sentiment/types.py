"""What a comment's sentiment is, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    NO_CONTENT = "no_content"  # nothing was said: never counted as neutral
    UNDECIDED = "undecided"  # something was said, but what is felt is not known: nor is this


@dataclass(frozen=True, slots=True)
class Span:
    """A term that counted: where it stands in the comment as written, and with which weight."""

    start: int
    end: int
    text: str
    weight: float  # after negation, degree and contrast; VADER's scale, about -4…4


@dataclass(frozen=True, slots=True)
class Sentiment:
    label: Label
    score: float  # -1…1; 0 where nothing was said or decided
    language: str  # "en", "zh", "mixed", "und"
    method: str
    version: str
    confidence: float = 0.0  # 0…1: an order, not a probability; see confidence.py
    spans: tuple[Span, ...] = ()


# A term found by one of the scorers: start, end (in the normalised text), weight.
Hit = tuple[int, int, float]
