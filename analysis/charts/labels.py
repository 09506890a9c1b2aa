"""Text that people wrote, made safe and short enough for a chart."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

LINES = 3  # of one text; beside an axis a narrow one, in the hover text nearly always the whole


def escape(text: str) -> str:
    """The text with &, < and > as entities: Plotly reads tags such as <b> and <a href> in every text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def hover(lines: Sequence[str]) -> str:
    """Lines of plain text as one hover text; for `hovertext`, never for a template."""
    return "<br>".join(wrap(line, 40) for line in lines)


def wrap(text: str, columns: int = 20) -> str:
    """The escaped text in at most three lines of so many columns; a Chinese character takes two.

    English breaks between words where it can; what does not fit ends in an ellipsis.
    """
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest and len(lines) < LINES:
        line, rest = _split(rest, columns)
        lines.append(line)
    if rest:
        lines[-1] = _split(lines[-1], columns - 1)[0].rstrip() + "…"
    return "<br>".join(escape(line) for line in lines)


def _split(text: str, columns: int) -> tuple[str, str]:
    width = 0
    for index, character in enumerate(text):
        width += 2 if east_asian_width(character) in "WF" else 1
        if width > columns:
            space = text.rfind(" ", 1, index + 1)
            end = space if space > 0 else max(1, index)
            return text[:end], text[end:].lstrip()
    return text, ""
