"""Texts as people meant them: what differs only by invisible characters and blanks is the same."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BLANKS = re.compile(r"\s+")


def tidy(text: str) -> str:
    """For names, keys and codes: no-break spaces, line breaks and runs of blanks are one space."""
    if text.isascii() and text.isalnum():
        return text
    text = _INVISIBLE.sub("", text)
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Zs") else c for c in text)
    return _BLANKS.sub(" ", text).strip()
