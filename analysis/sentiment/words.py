"""English text cut into clauses of words, set phrases taken as one word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .language import LATIN

# A number with its unit signs, a word with its apostrophes, or a break between clauses.
_PIECE = re.compile(
    rf"(?P<word>\d+(?:[.,:/]\d+)*%?|[{LATIN}]+(?:'[{LATIN}]+)*)|(?P<end>[.!?\n。！？…]+)|(?P<stop>[^\s\w'\"-]|\s-+\s|[^\W\d_])"
)
_NOT = {
    "cannot": "can", "cant": "can", "can't": "can", "wont": "will", "won't": "will", "shant": "shall", "shan't": "shall",
    **{f"{verb}nt": verb for verb in (
        "did", "do", "does", "is", "was", "are", "were", "could", "would", "should", "has", "have", "had", "need", "must",
    )},
}  # fmt: skip


class Word(NamedTuple):
    text: str
    start: int
    end: int


class Clause(NamedTuple):
    words: list[Word]
    end: str  # the sign that closed it, "" within the sentence


def _spelled_out(word: Word) -> tuple[Word, ...]:
    """ "couldn't" as "could" and "not", so that one rule reads every spelling."""
    if word.text[-1] not in "tT":  # as all of these end
        return (word,)
    lower = word.text.lower()
    verb = _NOT.get(lower) or (lower[:-3] if lower.endswith("n't") else "")
    if not verb:
        return (word,)
    return Word(verb, word.start, word.end), Word("not", word.start, word.end)


def clauses(text: str) -> Iterator[Clause]:
    words: list[Word] = []
    for piece in _PIECE.finditer(text):
        if piece.lastgroup == "word":
            words.extend(_spelled_out(Word(piece[0], piece.start(), piece.end())))
        elif words or piece.lastgroup == "end":
            yield Clause(words, piece[0] if piece.lastgroup == "end" else "")
            words = []
    if words:
        yield Clause(words, "")


class Phrases:
    """Set phrases by their first word, the longest first."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[list[str]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            first, *rest = phrase.split(" ")
            self._by_first.setdefault(first, []).append(rest)

    def join(self, words: list[Word]) -> list[Word]:
        """The words with every phrase put together into one."""
        lower = [word.text.lower() for word in words]
        joined: list[Word] = []
        i = 0
        while i < len(words):
            length = self._length(lower, i) if lower[i] in self._by_first else 1
            if length == 1:
                joined.append(words[i])
            else:
                joined.append(
                    Word(" ".join(lower[i : i + length]), words[i].start, words[i + length - 1].end)
                )
            i += length
        return joined

    def _length(self, lower: list[str], i: int) -> int:
        for rest in self._by_first.get(lower[i], ()):
            if lower[i + 1 : i + 1 + len(rest)] == rest:
                return 1 + len(rest)
        return 1
