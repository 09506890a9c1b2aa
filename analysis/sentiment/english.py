"""English: NLTK's VADER with VADER's own lexicon and the words of services.

The only module that imports nltk: that takes seconds beside SciPy, so only workers import this package.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .clause import WISHED, Sentences
from .denied import with_denials
from .lean_nltk import lean
from .tables import Rule, rules, vader, weights
from .types import Hit
from .words import Clause, Phrases, Word, clauses

_vader = lean("nltk.sentiment.vader")
_Analyzer: Any = _vader.SentimentIntensityAnalyzer
_Constants: Any = _vader.VaderConstants

METHOD = "vader+service"

_LONG_WAIT = -1.5
_WAIT = re.compile(
    r"\b(?:wait(?:ed|ing|s)?|queu\w+|hold|took|delay\w*|late|after|left|sat|stuck|stood)\b[^.!?\n]{0,25}?"
    r"\b(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|many|few)\+? (?:\w{1,12} )?"
    r"(?:hours?|hrs?|days?|weeks?|months?)\b",
    re.IGNORECASE,
)

_RULES: dict[str, Rule] = rules("en_rules")
_OWN = weights("en_service", "en_phrases")


def _of_kind(kind: str) -> dict[str, float]:
    return {term: rule.weight for term, rule in _RULES.items() if rule.kind == kind}


_NEGATIONS = _Constants.NEGATE | _of_kind("negation").keys()
_DEGREES = {
    term: step for term, step in _Constants.BOOSTER_DICT.items() if term not in _NEGATIONS
} | _of_kind("degree")


class ServiceConstants(_Constants):  # type: ignore[misc]
    """VADER's constants with the negations and degree words it lacks."""

    NEGATE = _NEGATIONS
    BOOSTER_DICT = _DEGREES


@dataclass(frozen=True, slots=True)
class _Words:
    """The part of nltk's SentiText that the analyzer reads."""

    words_and_emoticons: list[str]
    is_cap_diff: bool


class ServiceAnalyzer(_Analyzer):  # type: ignore[misc]
    """NLTK's analyzer, given its lexicon as a dict instead of a download."""

    def __init__(self) -> None:
        self.constants = ServiceConstants()
        words = {term: weight for term, weight in vader().items() if term.isascii()} | _OWN
        silent = self.constants.NEGATE | self.constants.BOOSTER_DICT.keys() | _RULES.keys()
        self.lexicon = {term: weight for term, weight in words.items() if weight and term not in silent}

    def _idioms_check(self, valence: float, words_and_emoticons: list[str], i: int) -> float:
        """Idioms are phrases of the lexicon here."""
        return valence

    def valences(self, words: list[Word], shouted: bool) -> list[tuple[Word, float]]:
        """Each word of the lexicon with its valence among its neighbours."""
        read = _Words([word.text for word in words], shouted)
        found: list[tuple[Word, float]] = []
        for i, word in enumerate(words):
            if word.text.lower() in self.lexicon:
                found.append((word, self.sentiment_valence(0.0, read, word.text, i, [])[0]))
        return found


_ANALYZER = ServiceAnalyzer()
_PHRASES = Phrases(
    term
    for term in (
        *_OWN,
        *_RULES,
        *_Constants.BOOSTER_DICT,
        *_Constants.SPECIAL_CASE_IDIOMS,
    )
    if " " in term
)


def _shouts(text: str) -> bool:
    """Whether some words are in capitals while others are not: then the capitals mean something."""
    return not text.isupper() and any(len(word) > 2 and word.isupper() for word in text.split())


def _read(clause: Clause, shouted: bool, sentences: Sentences) -> None:
    words = _PHRASES.join(clause.words)
    valences = dict(_ANALYZER.valences(words, shouted))
    wished = False
    for word in words:
        rule = _RULES.get(word.text.lower())
        if word in valences:
            weight = valences[word]
            sentences.add(word.start, word.end, weight * WISHED if wished and weight > 0 else weight)
        elif rule is None or rule.kind in {"negation", "degree"}:
            sentences.spoken = True
        elif rule.kind == "contrast":
            sentences.contrast()
        elif rule.kind == "concession":
            sentences.concede()
        elif rule.kind == "summary":
            sentences.sum_up()
        else:
            wished = True
            sentences.add(word.start, word.end, rule.weight)


def english_hits(text: str) -> list[Hit]:
    """The terms of a normalised text that count, in order, each with its weight in its context."""
    sentences = Sentences()
    shouted = _shouts(text)
    for clause in clauses(text):
        _read(clause, shouted, sentences)
        sentences.end_clause()
        if clause.end:
            sentences.end_sentence(asked="?" in clause.end)
    sentences.end_sentence()
    waits = [(wait.start(), wait.end(), _LONG_WAIT) for wait in _WAIT.finditer(text)]
    return with_denials(sentences.hits, text) + waits
