"""Traditional characters read as Simplified ones."""

from __future__ import annotations

from opencc import OpenCC

_SIMPLIFY = OpenCC("t2s")


def simplified(text: str) -> str:
    """Simplified characters, each in its place: for scoring only, what is shown stays as written."""
    converted: str = _SIMPLIFY.convert(text)
    if len(converted) != len(text):
        converted = "".join(_SIMPLIFY.convert(letter)[:1] or letter for letter in text)
    return converted
