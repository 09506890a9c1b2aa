"""Service events, read row by row out of a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from survey.distribute.when import read_instant
from survey.encodings import encoding_of
from survey.errors import Invalid
from survey.locales import closest
from survey.models import LONGEST_TIER, NOWHERE, LeftOutFor

# The first name is the one we write ourselves.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "reference": ("reference", "ref", "参考号", "參考號", "编号", "編號", "业务编号", "業務編號"),
    "unit": ("unit", "unit_code", "department", "单位", "單位", "部门", "部門", "科室"),
    "service_type": ("service_type", "service_type_code", "service", "服务类型", "服務類型", "业务类型"),
    "when": ("when", "time", "date", "served_at", "时间", "時間", "日期", "服务时间", "服務時間"),
    "language": ("language", "lang", "locale", "语言", "語言"),
    "tier": ("tier", "customer_tier", "客户等级", "客戶等級", "会员等级", "會員等級"),
}
_NEEDED = ("reference", "unit", "service_type", "when")
MOST_ROWS = 200_000
_LONGEST_REFERENCE = 128
_AHEAD = timedelta(days=1)  # clocks and time zones of other systems differ

Key = tuple[str, int, int, datetime]


@dataclass(frozen=True, slots=True)
class Known:
    """What the codes in the file may mean, for the person who sends it."""

    units: Mapping[str, int]
    service_types: Mapping[str, int]
    timezone: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Event:
    line: int
    reference: str
    unit_id: int
    service_type_id: int
    served_at: datetime
    locale: str | None
    tier: str | None = None  # of the customer

    @property
    def key(self) -> Key:
        return (self.reference, self.unit_id, self.service_type_id, self.served_at)


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that cannot be used."""

    line: int
    column: str
    value: str
    reason: Any
    why: LeftOutFor


@dataclass(frozen=True, slots=True)
class Faulty:
    """A row that cannot be used; `unit_id` and `service_type_id` where it names them rightly."""

    unit_id: int
    service_type_id: int
    faults: Sequence[Fault]

    @property
    def why(self) -> LeftOutFor:
        """The first of its reasons, in their order."""
        return min((fault.why for fault in self.faults), key=list(LeftOutFor).index)


def read_events(content: bytes, known: Known) -> Iterator[Event | Faulty]:
    """An event for each good row, the faults of each bad one. Raises Invalid when the whole file is no use."""
    lines, place = _open(content)
    for line, cells in lines:
        row = {name: one_line(cells[index]) if index < len(cells) else "" for name, index in place.items()}
        if any(row.values()):
            yield _event(line, row, known)


def _encoding(content: bytes) -> str:
    if content.startswith(b"PK") or b"\0" in content:
        raise Invalid(_l("This is not a CSV file. Save the table as “CSV UTF-8” and choose that file."))
    found = encoding_of(lambda: io.BytesIO(content))
    if found is None:
        raise Invalid(
            _l("The characters of this file cannot be read. Save it as UTF-8, GB18030 or Big5 and try again.")
        )
    return found


def _open(content: bytes) -> tuple[Iterator[tuple[int, list[str]]], dict[str, int]]:
    """The lines after the first, and at which place each column stands."""
    encoding = _encoding(content)
    first = content.split(b"\n", 1)[0].decode(encoding, errors="replace")
    delimiter = max(",;\t", key=first.count)
    rows = _numbered(io.TextIOWrapper(io.BytesIO(content), encoding, newline=""), delimiter)
    header = [one_line(cell).lower() for cell in next(rows, (0, [""]))[1]]
    place = {
        column: next(index for index, cell in enumerate(header) if cell in names)
        for column, names in COLUMNS.items()
        if any(cell in names for cell in header)
    }
    lacking = [column for column in _NEEDED if column not in place]
    if lacking:
        raise Invalid(
            _l("The first line must name the columns. Not found: %(columns)s.", columns=", ".join(lacking)),
            field="file",
        )
    return rows, place


def _numbered(text: io.TextIOWrapper, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text, delimiter=delimiter)
    before = rows = 0
    try:
        for cells in reader:
            yield before + 1, cells
            before = reader.line_num
            rows += 1
            if rows > MOST_ROWS:
                raise Invalid(
                    _l("More than %(most)s rows. Send several files.", most=MOST_ROWS), field="file"
                )
    except csv.Error:
        raise Invalid(
            _l("Line %(line)s is no line of a CSV file.", line=reader.line_num), field="file"
        ) from None


def one_line(cell: str) -> str:
    """Without control characters, line breaks, no-break and repeated spaces."""
    if not cell.isprintable():
        cell = "".join(character if character.isprintable() else " " for character in cell)
    return " ".join(cell.split())


def _event(line: int, row: dict[str, str], known: Known) -> Event | Faulty:
    reference, unit_id = row["reference"], known.units.get(row["unit"])
    service_type_id = known.service_types.get(row["service_type"])
    served_at = read_instant(row["when"], known.timezone)
    language = row.get("language", "")
    faults = [
        Fault(line, column, row.get(column, "")[:80], reason, _why(column, served_at))
        for column, reason in (
            ("reference", _wrong_reference(reference)),
            ("unit", None if unit_id is not None else _l("unknown unit")),
            ("service_type", None if service_type_id is not None else _l("unknown service type")),
            ("when", _wrong_time(served_at, known.now)),
            ("language", None if not language or closest(language) else _l("unknown language")),
        )
        if reason is not None
    ]
    if faults or unit_id is None or service_type_id is None or served_at is None:
        return Faulty(unit_id or NOWHERE, service_type_id or NOWHERE, faults)
    return Event(line, reference, unit_id, service_type_id, served_at, closest(language), _tier(row))


def _tier(row: dict[str, str]) -> str | None:
    """One that is longer than any that has a priority is as good as none."""
    given = row.get("tier", "").lower()
    return given if 0 < len(given) <= LONGEST_TIER else None


def _wrong_reference(reference: str) -> Any:
    if not reference:
        return _l("is empty")
    return _l("longer than 128 characters") if len(reference) > _LONGEST_REFERENCE else None


def _wrong_time(served_at: datetime | None, now: datetime) -> Any:
    if served_at is None:
        return _l("not a date and time that is understood")
    return _l("lies in the future") if served_at > now + _AHEAD else None


def _why(column: str, served_at: datetime | None) -> LeftOutFor:
    return LeftOutFor.FUTURE if column == "when" and served_at else LeftOutFor(column)
