"""A search word in both Chinese scripts, so that either finds the other."""

from __future__ import annotations

from functools import lru_cache

from opencc import OpenCC


@lru_cache(maxsize=1)
def _converters() -> tuple[OpenCC, OpenCC]:
    return OpenCC("t2s"), OpenCC("s2t")


def spellings(text: str) -> tuple[str, ...]:
    """The text as typed, in simplified and in traditional characters, each once; none for blanks."""
    typed = text.strip()
    if not typed:
        return ()
    return tuple(dict.fromkeys([typed, *(converter.convert(typed) for converter in _converters())]))
