"""How a term is written, and what is wrong with one that is not.

English: words, "*" at the end of a word for any ending. Chinese: characters, in either script. ".." between two
parts stands for a few words or characters of the same clause: "took .. hour*", "等..小时".
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from analysis.sentiment.language import HAN, LATIN
from analysis.sentiment.normalise import normalise
from analysis.sentiment.script import simplified
from analysis.sentiment.words import clauses

GAP = ".."
LONGEST_TERM = 60  # characters
_LEAST_LETTERS = 2  # before "*", or in an English term: "a*" would match everything

_HAN = re.compile(f"[{HAN}]")
WORD = re.compile(rf"(?:\d+(?:[.,:/]\d+)*%?|[{LATIN}\d][{LATIN}\d'&-]*)\*?")
_CHINESE = re.compile(rf"[{HAN}{LATIN}\d+%/&.\- ]+")


class Fault(StrEnum):
    """Why a term or a code cannot be used; the page that takes it has the words."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    BAD_CHARACTER = "bad_character"
    MISPLACED_STAR = "misplaced_star"
    MISPLACED_GAP = "misplaced_gap"
    BAD_CODE = "bad_code"
    UNKNOWN_SUBTOPIC = "unknown_subtopic"
    UNKNOWN_SECTOR = "unknown_sector"
    TOO_MANY = "too_many"


class TopicError(ValueError):
    """A term, code or sector that cannot be used: which one, and why."""

    def __init__(self, fault: Fault, given: str) -> None:
        super().__init__(f"{fault.value.replace('_', ' ')}: {given[:LONGEST_TERM]!r}")
        self.fault, self.given = fault, given


class Term(NamedTuple):
    """`parts` are parted by gaps: characters in Chinese, words in English."""

    chinese: bool
    parts: tuple[tuple[str, ...], ...]


def parse(written: str) -> Term:
    """A term as it is matched. Raises TopicError for one that could match nothing or nearly everything."""
    term = " ".join(unicodedata.normalize("NFKC", written).lower().split())
    if not term.strip("*. "):
        raise TopicError(Fault.EMPTY, written)
    if len(term) > LONGEST_TERM:
        raise TopicError(Fault.TOO_LONG, written)
    parts = term.split(GAP)
    if len(parts) > 2 or not all(part.strip(" *") for part in parts):
        raise TopicError(Fault.MISPLACED_GAP, written)
    chinese = bool(_HAN.search(term))
    read = _characters if chinese else _words
    return Term(chinese, tuple(read(part.strip(), written) for part in parts))


def _characters(part: str, written: str) -> tuple[str, ...]:
    if "*" in part:
        raise TopicError(Fault.MISPLACED_STAR, written)
    if not _CHINESE.fullmatch(part):
        raise TopicError(Fault.BAD_CHARACTER, written)
    return (simplified(part),)


def _words(part: str, written: str) -> tuple[str, ...]:
    if re.search(r"\*(?! |$)|(?<!\S)\*", part):
        raise TopicError(Fault.MISPLACED_STAR, written)
    if not all(map(WORD.fullmatch, part.split())):
        raise TopicError(Fault.BAD_CHARACTER, written)
    words: list[str] = []
    for word in part.split():
        pieces = [
            piece.text
            for clause in clauses(normalise(word.rstrip("*").replace("&", " ")).text)
            for piece in clause.words
        ]
        if word.endswith("*") and len("".join(pieces)) < _LEAST_LETTERS:
            raise TopicError(Fault.TOO_SHORT, written)
        words += [*pieces[:-1], *(piece + "*" * word.endswith("*") for piece in pieces[-1:])]
    if len("".join(words)) < _LEAST_LETTERS:
        raise TopicError(Fault.TOO_SHORT, written)
    return tuple(words)
