"""An organisation's own words, found in a comment in whichever script it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from opencc import OpenCC

LONGEST = 60  # characters of a keyword
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]")
_BY_WORD = {
    "著": "着",
    "藉": "借",
    "乾": "干",
    "瞭": "了",
    "徵": "征",
    "甚": "什",
}  # simplified only within words


@lru_cache(maxsize=1)
def _simple() -> dict[int, str]:
    """Each traditional character to its simplified one."""
    every = [chr(code) for code in range(0x4E00, 0xA000)]
    made = OpenCC("t2s").convert("\n".join(every)).split("\n")
    pairs = {ord(a): b for a, b in zip(every, made, strict=True) if a != b and len(b) == 1}
    return pairs | {ord(a): b for a, b in _BY_WORD.items()}


def folded(text: str) -> str:
    """Width, case and script folded, spaces as one: two spellings of the same words become the same text."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").translate(_simple())
    return " ".join(plain.split())


def keyword(written: str) -> str:
    """A keyword as it is matched; empty for one that could match nothing or nearly everything.

    English: whole words, "*" at the end for any ending ("refund*"). Chinese: characters, wherever they stand.
    """
    word = folded(written)
    letters = [c for c in word if c.isalnum()]
    least = 1 if _HAN.search(word) else 2
    if len(word) > LONGEST or len(letters) < least or "*" in word.rstrip("*") or word.endswith("**"):
        return ""
    return word


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    known = [one for one in map(keyword, words) if one]
    return re.compile("|".join(map(_one, known))) if known else None


def _one(word: str) -> str:
    bare = word.removesuffix("*")
    found = re.escape(bare)
    if bare[0].isalnum() and not _HAN.match(bare[0]):
        found = rf"(?<![^\W_\u3400-\u9fff]){found}"
    if word == bare and bare[-1].isalnum() and not _HAN.match(bare[-1]):
        found += r"(?![^\W_\u3400-\u9fff])"
    return found


def mentions(words: Iterable[str], folded_text: str) -> bool:
    """Whether any of the keywords stands in a text that `folded` made. Words that `keyword` refuses match nothing."""
    pattern = _pattern(tuple(words))
    return bool(pattern and pattern.search(folded_text))
