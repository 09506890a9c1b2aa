"""One way of writing for one meaning, each character by itself, so that a part of a text folds as it does in the whole."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

from analysis.masking import Kind

_HIDDEN = re.compile(r"\[(" + "|".join(Kind) + r")\]")  # what masking has put in the place of a name
_ACCENTS = re.compile("[\u0300-\u036f]")


@lru_cache(maxsize=1)
def _simplified() -> dict[str, str]:
    """Each traditional character by its simplified one, whatever stands beside it."""
    every = [chr(point) for point in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    made = OpenCC("t2s").convert("\n".join(every)).split("\n")
    return {one: other for one, other in zip(every, made, strict=True) if one != other and len(other) == 1}


class _Folding(dict[int, str]):
    """For str.translate; each character is worked out once."""

    def __missing__(self, point: int) -> str:
        self[point] = found = _fold(chr(point))
        return found


def _fold(char: str) -> str:
    if unicodedata.category(char) in ("Cf", "Cs") or _ACCENTS.match(char):
        return ""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold()))
    known = _simplified()
    return "".join(known.get(one, one) for one in unicodedata.normalize("NFC", bare))


_FOLDING = _Folding()


def folded(text: str) -> str:
    """The text without case, width, accents and invisible signs, in simplified characters. What masking has hidden
    is left out. "" gives "". A character may become none, one or several."""
    return _without_hidden(text).translate(_FOLDING)


def folded_with_origin(text: str) -> tuple[str, list[int]]:
    """The same, and for each of its characters the index of the one it was made of."""
    made = [
        (letter, place) for place, char in enumerate(_without_hidden(text)) for letter in _FOLDING[ord(char)]
    ]
    return "".join(letter for letter, _place in made), [place for _letter, place in made]


def _without_hidden(text: str) -> str:
    """Blanks of the same length in their place."""
    return _HIDDEN.sub(lambda match: " " * len(match[0]), text) if "[" in text else text
