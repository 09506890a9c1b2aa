"""The phrases of comments that no topic covers: runs of words (English) or characters (Chinese) between known terms."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple

from nltk.metrics.association import BigramAssocMeasures
from nltk.probability import FreqDist
from nltk.util import ngrams

from analysis.sentiment.english import ServiceConstants
from analysis.sentiment.language import HAN
from analysis.sentiment.words import clauses

from .terms import LONGEST_TERM, WORD

Phrase = tuple[str, ...]  # words, or single Han characters

_LONGEST = 4  # words
_LONGEST_HAN = 5  # characters
_LEAST_LETTERS = 4  # of a single English word
_ASSOCIATED = 10.83  # likelihood ratio at P = .001 with one degree of freedom (Dunning 1993)
_SWALLOWED = 0.8  # a phrase that is mostly part of one longer phrase says no more than that one
_HAN = re.compile(f"[{HAN}]")


def _passed_over() -> dict[str, frozenset[str]]:
    text = files("analysis.topics").joinpath("lists", "passed_over.csv").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for language, *words in list(csv.reader(text.splitlines()))[1:]:
        found.setdefault(language, set()).update(words)
    found["en"] |= ServiceConstants.BOOSTER_DICT.keys() | ServiceConstants.NEGATE  # "absolutely" is no theme
    return {language: frozenset(words) for language, words in found.items()}


_PASSED_OVER = _passed_over()


class Token(NamedTuple):
    text: str
    start: int
    end: int


Run = list[Token]


def _tokens(text: str) -> Iterator[Token | None]:
    """Words and characters in order; None where a phrase must end."""
    for letter in _HAN.finditer(text):
        if letter.start() and not _HAN.match(text[letter.start() - 1]):
            yield None
        yield None if letter[0] in _PASSED_OVER["zh"] else Token(letter[0], letter.start(), letter.end())
    for clause in clauses(text):
        yield None
        for word in clause.words:
            yield Token(word.text.lower(), word.start, word.end)


def runs(text: str, known: Iterable[tuple[int, int]]) -> list[Run]:
    """What stands between the known places of a normalised, simplified text."""
    covered = bytearray(len(text))
    for start, end in known:
        covered[start:end] = b"\1" * (end - start)
    found: list[Run] = [[]]
    for token in _tokens(text):
        if token is None or any(covered[token.start : token.end]):
            if found[-1]:
                found.append([])
        else:
            found[-1].append(token)
    return [run for run in found if run]


def _of_length(comment: Sequence[Run], length: int, parts: Mapping[Phrase, int]) -> set[Phrase]:
    """The comment's phrases of a length whose beginning and end are frequent themselves."""
    found: set[Phrase] = set()
    for run in comment:
        for phrase in ngrams((token.text for token in run), length):
            if length == 1 or (phrase[:-1] in parts and phrase[1:] in parts):
                found.add(phrase)
    return found


def frequent(comments: Sequence[Sequence[Run]], least: int) -> dict[Phrase, int]:
    """In how many comments each phrase stands, of those in at least `least`: longer ones are made of frequent ones."""
    found: dict[Phrase, int] = {}
    for length in range(1, _LONGEST_HAN + 1):
        counts: FreqDist = FreqDist()
        for comment in comments:
            counts.update(_of_length(comment, length, found))
        found |= {phrase: n for phrase, n in counts.items() if n >= least}
    return found


def _well_formed(phrase: Phrase) -> bool:
    if _HAN.match(phrase[0]):
        return len(phrase) > 1 and "".join(phrase) not in _PASSED_OVER["zh"]
    if len(phrase) > _LONGEST or {phrase[0], phrase[-1]} & _PASSED_OVER["en"]:
        return False
    if len(" ".join(phrase)) > LONGEST_TERM or not all(map(WORD.fullmatch, phrase)):  # it must do as a term
        return False
    return len(phrase) > 1 or (phrase[0].isalpha() and len(phrase[0]) >= _LEAST_LETTERS)


def _bound(phrase: Phrase, counts: Mapping[Phrase, int], n: int) -> bool:
    """Whether the parts of a phrase stand together more often than chance brings them, wherever it is cut."""
    together = counts[phrase]
    for cut in range(1, len(phrase)):
        left, right = counts[phrase[:cut]], counts[phrase[cut:]]
        if together * n <= left * right:
            return False
        if BigramAssocMeasures.likelihood_ratio(together, (left, right), n) < _ASSOCIATED:
            return False
    return True


def phrases(counts: Mapping[Phrase, int], n: int) -> list[Phrase]:
    """The phrases worth a look among those counted in n comments."""
    swallowed = {
        part
        for phrase, count in counts.items()
        if len(phrase) > 1 and _well_formed(phrase)
        for part in (phrase[:-1], phrase[1:])
        if count >= _SWALLOWED * counts[part]
    }
    return [p for p in counts if p not in swallowed and _well_formed(p) and _bound(p, counts, n)]
