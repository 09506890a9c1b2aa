"""What the index holds of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .folding import folded

LONGEST = 16_000  # tokens of one text; PostgreSQL counts places up to 16,383
LONGEST_WORD = 200  # characters; the rest of a longer one is not looked for
UNIT = "¶"  # in no word

# Scripts that write words without spaces between them: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_MARKS = "".join(
    chr(point) for point in range(0x300, 0x3000) if unicodedata.category(chr(point)).startswith("M")
)  # vowels of Hindi, Thai and the like belong to their words
_WORDS_ONLY = re.compile("(?P<spaceless>(?!))|[a-z0-9]+")  # the same for ASCII, several times faster
_RUNS = re.compile(f"(?P<spaceless>[{_SPACELESS}]+)|(?:(?![{_SPACELESS}])(?:[^\\W_]|[{_MARKS}]))+")


def runs(text: str) -> Iterator[tuple[str, bool, int]]:
    """Of a folded text: each stretch of letters and digits, whether it writes without spaces, where it begins."""
    for found in (_WORDS_ONLY if text.isascii() else _RUNS).finditer(text):
        yield found[0], found["spaceless"] is not None, found.start()


def tokens(text: str) -> list[str]:
    """In the order of the text: words, and of a stretch without spaces every pair of neighbours and the last character.

    At most LONGEST; [] for a text without letters and digits.
    """
    found: list[str] = []
    for run, spaceless, _start in runs(folded(text)):
        found += pairs(run) if spaceless else [run[:LONGEST_WORD]]
        if len(found) >= LONGEST:
            break
    return found[:LONGEST]


def pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run))]


def unit_token(unit_id: int) -> str:
    """Stands beside the words of each comment, so that the index finds those of a unit."""
    return f"{UNIT}{unit_id}"
