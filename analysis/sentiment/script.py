"""Traditional characters read as Simplified ones."""

from __future__ import annotations

import re

from opencc import OpenCC

_SIMPLIFY = OpenCC("t2s")
_ALL = [chr(code) for code in range(0x4E00, 0xA000)]
_MADE = _SIMPLIFY.convert("\n".join(_ALL)).split("\n")
_WORDS = "著藉乾瞭徵甚"  # simplified only within words
_TRADITIONAL = re.compile(
    f"[{''.join(a for a, b in zip(_ALL, _MADE, strict=True) if a != b)}{_WORDS}\u3400-\u4dbf\U00020000-\U000323af]"
)


def simplified(text: str) -> str:
    """Simplified characters, each in its place: for scoring only, what is shown stays as written."""
    if not _TRADITIONAL.search(text):  # the conversion is a good part of the time that a short comment takes
        return text
    converted: str = _SIMPLIFY.convert(text)
    if len(converted) != len(text):
        converted = "".join(_SIMPLIFY.convert(letter)[:1] or letter for letter in text)
    return converted


def is_traditional(text: str) -> bool:
    """Whether it is written in traditional characters, by those that differ; False where none does."""
    return _TRADITIONAL.search(text) is not None
