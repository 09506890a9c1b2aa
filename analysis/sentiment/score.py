"""polarity(): the one way from a comment to its sentiment."""

from __future__ import annotations

import math

from . import chinese, english
from .language import language_of
from .marks import mark_hits
from .normalise import Clean, normalise, says_nothing
from .types import Hit, Label, Polarity, Span

# Raised whenever a word list or a rule changes: stored beside each score, so that old ones can be found.
VERSION = "1"

NEUTRAL_BAND = 0.05  # VADER's own: a score nearer to 0 has no side

_ALPHA = 15  # VADER's normalisation, for both languages: one scale
_EMPHASIS, _MOST_MARKS = 0.292, 4  # VADER's weight of an exclamation mark, and how many count


def _total(hits: list[Hit], text: str) -> float:
    total = math.fsum(weight for _, _, weight in hits)
    emphasis = _EMPHASIS * min(text.count("!"), _MOST_MARKS)
    return total + math.copysign(emphasis, total) if total else 0.0


def _label(score: float) -> Label:
    if abs(score) < NEUTRAL_BAND:
        return Label.NEUTRAL
    return Label.POSITIVE if score > 0 else Label.NEGATIVE


def _spans(hits: list[Hit], clean: Clean, written: str) -> tuple[Span, ...]:
    """The hits as stretches of the comment as written, in order; overlapping ones become one."""
    merged: list[Hit] = []
    for first, last, weight in sorted(hits):
        start, end = clean.place(first, last)
        if merged and start < merged[-1][1]:
            begun, ended, before = merged.pop()
            start, end, weight = begun, max(end, ended), before + weight
        merged.append((start, end, weight))
    return tuple(Span(start, end, written[start:end], round(weight, 2)) for start, end, weight in merged)


def polarity(text: str, language: str | None = None) -> Polarity:
    """The sentiment of one comment; `language` is a hint that counts only where no letter tells."""
    clean = normalise(text)
    spoken = language_of(clean.text, hint=language)
    marks = mark_hits(clean.text)
    if not marks and says_nothing(clean.text):
        return Polarity(Label.NO_CONTENT, 0.0, spoken, "none")
    zh = chinese.chinese_hits(clean.text) if spoken in {"zh", "mixed"} else []
    en = english.english_hits(clean.text) if spoken in {"en", "mixed"} else []
    hits = zh + en + marks
    total = _total(hits, clean.text)
    score = round(total / math.sqrt(total * total + _ALPHA), 4)
    methods = {"en": english.METHOD, "zh": chinese.METHOD, "mixed": "mixed/1"}
    method = methods.get(spoken, "none")
    return Polarity(_label(score), score, spoken, method, _spans(hits, clean, text))
