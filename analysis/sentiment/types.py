"""What a comment's sentiment is, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    NO_CONTENT = "no_content"  # nothing was said: never counted as neutral


@dataclass(frozen=True, slots=True)
class Span:
    """A term that counted: where it stands in the comment as written, and with which weight."""

    start: int
    end: int
    text: str
    weight: float  # after negation, degree and contrast; VADER's scale, about -4…4


@dataclass(frozen=True, slots=True)
class Polarity:
    label: Label
    score: float  # -1…1
    language: str  # "en", "zh", "mixed", "und"
    method: str
    spans: tuple[Span, ...] = ()


# A term found by one of the scorers: start, end (in the normalised text), weight.
Hit = tuple[int, int, float]
