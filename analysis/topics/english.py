"""Terms found in English text: word by word, the longest term at each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from analysis.sentiment.words import Word, clauses

from .terms import Term
from .types import Found, Key

_GAP_WORDS = 3
_REMEMBERED = 50_000  # words whose candidates are kept


class _Pattern(NamedTuple):
    head: tuple[str, ...]
    tail: tuple[str, ...]  # after a gap; () without one
    keys: tuple[Key, ...]  # (): a shield, found and not counted


def _same(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else pattern == word


def _fits(pattern: tuple[str, ...], words: list[str], place: int) -> bool:
    if place + len(pattern) > len(words):
        return False
    return all(_same(part, words[place + i]) for i, part in enumerate(pattern))


class EnglishTerms:
    """The English terms of a lexicon."""

    def __init__(self, terms: Mapping[Term, tuple[Key, ...]]) -> None:
        patterns = [
            _Pattern(term.parts[0], term.parts[1] if len(term.parts) > 1 else (), keys)
            for term, keys in terms.items()
        ]
        patterns.sort(key=lambda pattern: -len("".join(pattern.head + pattern.tail)))
        patterns.sort(key=lambda pattern: -len(pattern.head + pattern.tail))
        self._exact: dict[str, list[int]] = {}
        self._open: list[tuple[str, int]] = []
        for rank, pattern in enumerate(patterns):
            first = pattern.head[0]
            if first.endswith("*"):
                self._open.append((first[:-1], rank))
            else:
                self._exact.setdefault(first, []).append(rank)
        self._patterns = patterns
        self._known: dict[str, tuple[_Pattern, ...]] = {}

    def find(self, text: str) -> Iterator[Found]:
        """The terms of a normalised text, in order; a term stays within its clause."""
        for clause in clauses(text.replace("&", " ")):  # A&E is two words of one clause
            yield from self._in_clause(clause.words)

    def _in_clause(self, words: list[Word]) -> Iterator[Found]:
        lower = [word.text.lower() for word in words]
        place = 0
        while place < len(words):
            step = 1
            for pattern in self._candidates(lower[place]):
                last = self._last(pattern, lower, place)
                if last is not None:
                    if pattern.keys:
                        yield words[place].start, words[last].end, pattern.keys
                    step = len(pattern.head)
                    break
            place += step

    def _last(self, pattern: _Pattern, words: list[str], place: int) -> int | None:
        """The index of the last word of the term at this place."""
        if not _fits(pattern.head, words, place):
            return None
        end = place + len(pattern.head)
        if not pattern.tail:
            return end - 1
        for skipped in range(_GAP_WORDS + 1):
            if _fits(pattern.tail, words, end + skipped):
                return end + skipped + len(pattern.tail) - 1
        return None

    def _candidates(self, word: str) -> tuple[_Pattern, ...]:
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            ranks = self._exact.get(word, []) + [r for start, r in self._open if word.startswith(start)]
            known = self._known[word] = tuple(self._patterns[rank] for rank in sorted(ranks))
        return known
