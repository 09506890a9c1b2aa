"""Rows of a CSV, TSV or workbook file, with the line each begins at. Can be read several times."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any, NamedTuple

from flask_babel import lazy_gettext as _l
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, WorksheetNotFound

from survey.encodings import encoding_of, reads
from survey.errors import Invalid
from survey.intake.maps import File
from survey.intake.wording import tidy
from survey.intake.workbooks import refuse_too_large

DELIMITERS = (",", "\t", ";", "|")
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # XLSX; XLS

Cell = str | datetime | date


class Row(NamedTuple):
    line: int
    cells: Sequence[Cell]


class Table:
    """`header` holds the tidied names; iterating gives the rows below it."""

    header: list[str]
    size: int  # of the whole, in the unit of `position`

    def __iter__(self) -> Iterator[Row]:
        raise NotImplementedError


def _encoding(path: Path, named: str) -> str:
    """Raises Invalid when the file cannot be read in any (or in the named) encoding."""

    def opened() -> IO[bytes]:
        return path.open("rb")

    found = encoding_of(opened) if named == "auto" else named if reads(opened, named) else None
    if found is None:
        raise Invalid(
            _l("The file is not a text in UTF-8, GB18030 or Big5; name its encoding in the map."), "file"
        )
    return found


class TextTable(Table):
    def __init__(self, path: Path, file: File, wanted: Collection[str]) -> None:
        self.path, self.skip = path, file.header
        self.encoding = _encoding(path, file.encoding)
        if file.delimiter == "auto":
            self.delimiter = max(DELIMITERS, key=lambda sign: self._fit(sign, wanted))
        else:
            self.delimiter = file.delimiter
        self.header = self._header(self.delimiter)

    def _header(self, delimiter: str) -> list[str]:
        for number, row in enumerate(self._rows(delimiter), 1):
            if number == self.skip:
                return [tidy(str(cell)) for cell in row.cells]
        return []

    def _fit(self, delimiter: str, wanted: Collection[str]) -> tuple[int, int]:
        """How many of the wanted columns, and how many at all, the header has with this delimiter."""
        header = self._header(delimiter)
        return len(set(header) & set(wanted)), len(header)

    def _rows(self, delimiter: str) -> Iterator[Row]:
        try:
            with self.path.open(encoding=self.encoding, newline="") as opened:
                reader = csv.reader(opened, delimiter=delimiter)
                line = 1
                for cells in reader:
                    yield Row(line, cells)
                    line = reader.line_num + 1
        except csv.Error as error:
            message = _l("Line %(line)s cannot be read: %(error)s", line=line, error=str(error))
            raise Invalid(message, "file") from None
        except UnicodeDecodeError:
            raise Invalid(
                _l("The file is not in the encoding %(name)s.", name=self.encoding), "file"
            ) from None

    def __iter__(self) -> Iterator[Row]:
        rows = self._rows(self.delimiter)
        for _ in range(self.skip):
            next(rows, None)
        return rows


class WorkbookTable(Table):
    def __init__(self, path: Path, file: File) -> None:
        refuse_too_large(path)
        try:
            book = CalamineWorkbook.from_path(path)
            self.sheet = book.get_sheet_by_name(file.sheet) if file.sheet else book.get_sheet_by_index(0)
        except WorksheetNotFound:
            raise Invalid(_l("The workbook has no sheet %(name)s.", name=file.sheet or "1"), "file") from None
        except PasswordError:
            raise Invalid(_l("The workbook is protected by a password."), "file") from None
        except (CalamineError, OSError, ValueError):
            raise Invalid(_l("The workbook cannot be read."), "file") from None
        self.skip = file.header
        self.header = next(
            ([tidy(str(cell)) for cell in row.cells] for row in self._rows() if row.line == self.skip), []
        )

    def _rows(self) -> Iterator[Row]:
        first = (self.sheet.start or (0, 0))[0]
        for number, cells in enumerate(self.sheet.iter_rows(), first + 1):
            yield Row(number, [_plain(cell) for cell in cells])

    def __iter__(self) -> Iterator[Row]:
        return (row for row in self._rows() if row.line > self.skip)


def open_table(path: Path, file: File, wanted: Collection[str]) -> Table:
    """The table in a file; `wanted` are the columns that the map names. Raises Invalid."""
    with path.open("rb") as opened:
        start = opened.read(4)
    table: Table = WorkbookTable(path, file) if start in _WORKBOOK else TextTable(path, file, wanted)
    for name in wanted:
        if table.header.count(name) > 1:
            raise Invalid(_l("The file has more than one column %(name)s.", name=name), "file")
    return table


def _plain(cell: Any) -> Cell:
    """Numbers as people wrote them: 5, not 5.0. Dates stay dates."""
    if isinstance(cell, str | datetime | date):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell) if isinstance(cell, int | time | timedelta) else ""
