"""Writing tables as CSV or XLSX, a piece at a time: memory does not grow with the responses."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from xlsxwriter import Workbook

from survey.cells import neutral_row

PIECE = 64 * 1024  # characters sent at a time
MOST_ROWS = 1_048_575  # of a sheet below its header
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def csv_pieces(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """UTF-8 with a byte-order mark, lines as spreadsheet programs write them."""
    buffer = io.StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer)
    writer.writerow(neutral_row(header))
    for row in rows:
        writer.writerow(neutral_row(row))
        if buffer.tell() >= PIECE:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "replace")


def write_xlsx(file: IO[bytes], sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]) -> None:
    """(name, header, rows) of each sheet; one that is too long goes on in a further sheet."""
    with Workbook(file, _OPTIONS) as book:
        bold = book.add_format({"bold": True})
        for name, header, rows in sheets:
            heading = neutral_row(header)
            sheet, line, part = _begin(book, name, heading, bold), 0, 1
            for row in rows:
                if line == MOST_ROWS:
                    part += 1
                    sheet, line = _begin(book, f"{name} {part}", heading, bold), 0
                line += 1
                sheet.write_row(line, 0, neutral_row(row))


def _begin(book: Any, name: str, heading: Sequence[str], bold: Any) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, heading, bold)
    return sheet
