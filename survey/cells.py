"""Cells of CSV and XLSX files: without characters that files cannot hold, and never taken for a formula.

Spreadsheet programs run a cell that begins with = + - @ (also full-width, also after blanks), a tab or a
line break. Such a text gets an apostrophe in front; `original` takes exactly that apostrophe away again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_FORMULA = r"(?:[\t\r\n]|[\s\u200b-\u200d\u2060\ufeff]*[=+\-@|%＝＋－＠])"
_DANGEROUS = re.compile(rf"'*{_FORMULA}")
_NEUTRALISED = re.compile(rf"'+{_FORMULA}")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML 1.0


def clean(cell: Any) -> Any:
    """A text without NULs and other characters that XML forbids; anything else unchanged."""
    return _ILLEGAL.sub("", cell) if isinstance(cell, str) else cell


def neutral(cell: Any) -> Any:
    """A cleaned cell that no program takes for a formula; numbers unchanged."""
    cell = clean(cell)
    return f"'{cell}" if isinstance(cell, str) and _DANGEROUS.match(cell) else cell


def neutral_row(cells: Iterable[Any]) -> list[Any]:
    return [neutral(cell) for cell in cells]


def original(text: str) -> str:
    """What `neutral` was given."""
    return text[1:] if _NEUTRALISED.match(text) else text
