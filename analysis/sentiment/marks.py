"""Emoji, emoticons and bracketed stickers: they speak in every language."""

from __future__ import annotations

import re

from .tables import weights
from .types import Hit

_WEIGHTS = weights("marks")
_MARK = re.compile("|".join(re.escape(mark) for mark in sorted(_WEIGHTS, key=len, reverse=True)))
_BEGINS = re.compile(
    f"[{re.escape(''.join(sorted({mark[0] for mark in _WEIGHTS})))}]"
)  # one look instead of many
_FEW = 3  # equal marks in a row say no more than three


def mark_hits(text: str) -> list[Hit]:
    """The marks of a normalised comment with their weights."""
    if not _BEGINS.search(text):
        return []
    hits: list[Hit] = []
    seen: dict[str, int] = {}
    for match in _MARK.finditer(text):
        mark = match[0]
        seen[mark] = seen.get(mark, 0) + 1
        if seen[mark] <= _FEW:
            hits.append((match.start(), match.end(), _WEIGHTS[mark]))
    return hits
