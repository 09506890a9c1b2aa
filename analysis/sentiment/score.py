"""What the rules say of one comment."""

from __future__ import annotations

import math

from . import chinese, english
from .borrowed import borrowed_hits
from .confidence import confidence_of
from .language import has_letters, language_of
from .marks import mark_hits
from .normalise import Clean, normalise, says_nothing
from .purpose import answered, denies, purpose_hits
from .types import Hit, Label, Sentiment, Span

# Raised whenever a word list or a rule changes: stored beside each score, so that old ones can be found.
VERSION = "3"

NEUTRAL_BAND = 0.05  # VADER's own: a score nearer to 0 has no side

_ALPHA = 15  # VADER's normalisation, for both languages: one scale
_EMPHASIS, _MOST_MARKS = 0.292, 4  # VADER's weight of an exclamation mark, and how many count
_LONG = {
    "en": 80,
    "zh": 30,
    "mixed": 50,
}  # characters: a fact is shorter, a text without a known word is not read
_METHODS = {"en": english.METHOD, "zh": chinese.METHOD, "mixed": "mixed"}


def _total(hits: list[Hit], text: str) -> float:
    total = math.fsum(weight for _, _, weight in hits)
    emphasis = _EMPHASIS * min(text.count("!"), _MOST_MARKS)
    return total + math.copysign(emphasis, total) if total else 0.0


def label_of(score: float) -> Label:
    """The side of a score that rests on something."""
    if abs(score) < NEUTRAL_BAND:
        return Label.NEUTRAL
    return Label.POSITIVE if score > 0 else Label.NEGATIVE


def _knows(hits: list[Hit], text: str, language: str) -> bool:
    """Whether the rules may say anything: they found a term, or read a short fact in a language of theirs."""
    if hits:
        return True
    if language == "und":
        return not has_letters(text)
    return len(text.strip()) < _LONG[language]


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


def _hits(text: str, language: str, purpose: str) -> list[Hit]:
    text = answered(text, purpose)
    zh = chinese.chinese_hits(text) if language in {"zh", "mixed"} else []
    zh += borrowed_hits(text) if language == "zh" else []
    en = english.english_hits(text) if language in {"en", "mixed"} else []
    return purpose_hits(zh + en + mark_hits(text), text, language, purpose)


def by_rules(text: str, hint: str | None = None, purpose: str = "open") -> Sentiment:
    """`hint` is a language that counts only where no letter tells."""
    clean = normalise(text)
    language = language_of(clean.text, hint=hint)
    if says_nothing(clean.text) and not mark_hits(clean.text):
        return Sentiment(Label.NO_CONTENT, 0.0, language, "none", VERSION, 1.0)
    hits = _hits(clean.text, language, purpose)
    method = _METHODS.get(language, "none")
    if not hits and denies(clean.text, purpose):
        return Sentiment(Label.NO_CONTENT, 0.0, language, method, VERSION, 1.0)
    if not _knows(hits, clean.text, language):
        return Sentiment(Label.UNDECIDED, 0.0, language, method, VERSION)
    total = _total(hits, clean.text)
    score = round(total / math.sqrt(total * total + _ALPHA), 4)
    label = label_of(score)
    sure = confidence_of(label, score, hits)
    return Sentiment(label, score, language, method, VERSION, sure, _spans(hits, clean, text))
