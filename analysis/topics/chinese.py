"""Terms found in Chinese text: the longest one at each place, characters read as Simplified."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .terms import Term
from .types import Found, Key

_GAP_CHARACTERS = 6
_STOP = re.compile(r"[,.;:!?，。！？；：…\n]")


@dataclass(slots=True)
class _Head:
    keys: tuple[Key, ...] | None = None  # None: only with one of the tails; (): a shield
    tails: list[tuple[str, tuple[Key, ...]]] = field(default_factory=list)


class ChineseTerms:
    """The Chinese terms of a lexicon."""

    def __init__(self, terms: Mapping[Term, tuple[Key, ...]]) -> None:
        self._heads: dict[str, _Head] = {}
        for term, keys in terms.items():
            (head,), *tails = term.parts
            entry = self._heads.setdefault(head, _Head())
            if tails:
                entry.tails.append((tails[0][0], keys))
            else:
                entry.keys = keys
        lengths: dict[str, set[int]] = {}
        for head in self._heads:
            lengths.setdefault(head[0], set()).add(len(head))
        self._lengths = {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}

    def find(self, text: str) -> Iterator[Found]:
        """The terms of a simplified, lower-case text, in order."""
        place, length = 0, len(text)
        while place < length:
            step = 1
            for size in self._lengths.get(text[place], ()):
                entry = self._heads.get(text[place : place + size])
                if entry is None or place + size > length:
                    continue
                end, keys = self._whole(entry, text, place + size)
                if keys is not None:
                    if keys:
                        yield place, end, keys
                    step = size
                    break
            place += step

    def _whole(self, entry: _Head, text: str, end: int) -> tuple[int, tuple[Key, ...] | None]:
        """Where the term ends and what it is about; None where only its head stands here."""
        for tail, keys in entry.tails:
            at = text.find(tail, end, end + _GAP_CHARACTERS + len(tail))
            if at >= 0 and not _STOP.search(text, end, at):
                return at + len(tail), keys
        return end, entry.keys
