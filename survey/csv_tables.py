"""Small CSV tables that people upload: encodings found, columns checked, every error with its line."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

import click
from flask_babel import lazy_gettext as _l

from survey.encodings import encoding_of
from survey.errors import DomainError, Invalid

LARGEST = 500_000  # bytes; a page keeps the file between its preview and its import
DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")


@dataclass(frozen=True, slots=True)
class Problem:
    line: int
    text: Any


@dataclass(slots=True)
class Report:
    read: int = 0
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    def note(self, what: str, *, new: bool, changed: bool) -> None:
        if new:
            self.added.append(what)
        elif changed:
            self.changed.append(what)
        else:
            self.unchanged += 1

    def checked(self, row: Row, act: Callable[[Row], None]) -> None:
        """Does `act`; what it refuses becomes a problem of this line."""
        try:
            act(row)
        except DomainError as error:
            self.problems.append(Problem(row.line, error.message))


def decode(content: bytes) -> str:
    encoding = None if b"\0" in content else encoding_of(lambda: io.BytesIO(content))
    if encoding is None:
        raise Invalid(
            _l(
                "The characters of this file cannot be read. Save it as UTF-8, GB18030 or Big5 and try again."
            ),
            field="file",
        )
    return content.decode(encoding)


def uploaded(file: IO[bytes] | None, kept: str) -> str:
    """The text of a file just sent, else the text kept since its preview."""
    content = file.read(LARGEST + 1) if file else kept.encode()
    if not content.strip():
        raise Invalid(_l("Please choose a file."), field="file")
    if len(content) > LARGEST:
        message = _l("This file is too large for the page; the command line takes larger ones.")
        raise Invalid(message, field="file")
    return decode(content)


def read(text: str, columns: Sequence[str], needed: Sequence[str]) -> list[Row]:
    """The rows under a header that holds the needed columns and no unknown ones; empty rows are skipped."""
    first_line = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first_line.count)
    reader = csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=delimiter)
    try:
        header = _header(next(reader, []), columns, needed)
        return list(_rows(reader, header))
    except csv.Error as error:
        message = _l("Line %(line)s cannot be read: %(reason)s", line=reader.line_num, reason=str(error))
        raise Invalid(message, field="file") from None


def _header(cells: list[str], columns: Sequence[str], needed: Sequence[str]) -> list[str]:
    known = {column.lower(): column for column in columns}
    found = [_clean(cell).lower() for cell in cells]
    strange = [cell for cell, name in zip(cells, found, strict=True) if name and name not in known]
    if strange:
        raise Invalid(_l("Unknown columns: %(names)s", names=", ".join(strange)), field="file")
    missing = [column for column in needed if column.lower() not in found]
    if missing:
        raise Invalid(_l("Missing columns: %(names)s", names=", ".join(missing)), field="file")
    if len(set(found)) < len(found):
        raise Invalid(_l("A column is there twice."), field="file")
    return [known.get(name, "") for name in found]


def _rows(reader: Any, header: list[str]) -> Iterator[Row]:
    line = reader.line_num + 1
    for cells in reader:
        values = dict(zip(header, map(_clean, cells), strict=False))
        if any(values.values()):
            yield Row(line, values)
        line = reader.line_num + 1


def _clean(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell).split())


def tell(report: Report) -> None:
    """The report on the command line."""
    for problem in report.problems:
        click.echo(f"line {problem.line}: {problem.text}", err=True)
    if report.problems:
        click.echo("nothing was imported", err=True)
        return
    click.echo(
        f"read: {report.read}, added: {len(report.added)}, "
        f"changed: {len(report.changed)}, unchanged: {report.unchanged}"
    )
