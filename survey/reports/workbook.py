"""A report as a workbook: a sheet for what is said, one for each table, one for methods and definitions."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from xlsxwriter import Workbook

from survey.cells import neutral, neutral_row
from survey.reports.document import Document
from survey.results.cards import Card
from survey.results.tables import ABSENT, Cell

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")  # in names of sheets
LONGEST = 31  # characters of such a name


def workbook(document: Document) -> bytes:
    made = io.BytesIO()
    with Workbook(made, _OPTIONS) as book:
        made_at = document.made_at.replace(tzinfo=None)  # not now: the same report is the same file
        book.set_properties({"title": document.title, "author": document.organisation, "created": made_at})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        taken: set[str] = set()
        _lines(book.add_worksheet(_name(document.title, taken)), _told(document), bold, plain)
        for section in document.sections:
            if section.table is not None:
                sheet = book.add_worksheet(_name(_short(document, section), taken))
                _table(sheet, document, section, bold, plain)
        rest = [(document.read.say("methods"), one) for one in document.methods] + [*document.definitions]
        _lines(book.add_worksheet(_name(document.read.say("definitions"), taken)), rest, bold, plain)
    return made.getvalue()


def _told(document: Document) -> list[tuple[str, str]]:
    lines = [(document.title, document.organisation), *document.cover, ("", document.edition)]
    if document.notice:
        lines.append(("", document.notice))
    return lines + [(document.read.say("summary"), one) for one in document.summary]


def _lines(sheet: Any, lines: Iterable[tuple[str, str]], bold: Any, plain: Any) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    for number, (name, text) in enumerate(lines):
        sheet.write_string(number, 0, neutral(name), bold)
        sheet.write_string(number, 1, neutral(text), plain)


def _table(sheet: Any, document: Document, section: Card, bold: Any, plain: Any) -> None:
    if section.table is None:
        return
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, len(section.table.headers), 13)
    sheet.freeze_panes(1, 1)
    sheet.write_row(0, 0, neutral_row(section.table.headers), bold)
    line = 0
    for row in section.table.rows:
        line += 1
        sheet.write_row(line, 0, [_raw(cell) for cell in row])
    for text in filter(
        None, [section.title, section.asked, *section.sentences, section.note, document.edition]
    ):
        line += 1
        sheet.write_string(line + 1, 0, neutral(text), plain)


def _raw(cell: Cell) -> Any:
    """The number itself; what is hidden stays words."""
    if cell.raw is None:
        return "" if cell.text == ABSENT else neutral(cell.text)
    return neutral(cell.raw)


def _short(document: Document, section: Card) -> str:
    """A chart's title tells what was found; a sheet is named by what it is about."""
    return document.read.say("months") if section.code == "months" else section.title


def _name(wanted: str, taken: set[str]) -> str:
    base = _FORBIDDEN.sub(" ", wanted).strip()[:LONGEST] or "-"
    name, number = base, 1
    while name.lower() in taken:
        number += 1
        name = f"{base[: LONGEST - 4]} {number}"
    taken.add(name.lower())
    return name
