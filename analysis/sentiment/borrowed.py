"""English words inside a Chinese clause, which the Chinese lists do not know: "服务态度 nice", "不够 professional"."""

from __future__ import annotations

import re

from .tables import weights
from .types import Hit

_WEIGHTS = weights("borrowed")
_WORD = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(_WEIGHTS)})(?![A-Za-z])", re.IGNORECASE)
_LETTER = re.compile("[A-Za-z]")
_NEGATED = re.compile("[不没唔冇沒][^，。！？,.!?]{0,2}$")
_FLIP = -0.8  # as Chinese negation of praise
_BEFORE = 4  # characters


def borrowed_hits(text: str) -> list[Hit]:
    """The terms of a normalised text whose language is Chinese, in order."""
    if not _LETTER.search(text):
        return []
    hits: list[Hit] = []
    for match in _WORD.finditer(text):
        weight = _WEIGHTS[match[0].lower()]
        negated = _NEGATED.search(text[max(0, match.start() - _BEFORE) : match.start()].rstrip())
        hits.append((match.start(), match.end(), weight * _FLIP if negated else weight))
    return hits
