"""Texts as people meant them: what differs only by invisible characters and blanks is the same."""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")  # control characters too


def tidy(text: str) -> str:
    """For names, keys and codes: no-break spaces, line breaks and runs of blanks are one space."""
    if text.isascii() and text.isalnum():
        return text
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()
