"""Holidays and days worked instead, from CSV or iCalendar: all of a file or nothing; the same again changes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from survey.csv_tables import Problem, Report, Row, read
from survey.duty import icalendar
from survey.duty.calendars import spans_of
from survey.duty.hours import read_hours
from survey.duty.keeping import LONGEST_NAME, write
from survey.duty.working import Spans
from survey.errors import DomainError, Invalid
from survey.extensions import db
from survey.models import SpecialDay, Unit

COLUMNS = ("date", "kind", "name", "hours")
NEEDED = ("date", "kind")
KINDS = {"holiday": False, "working": True, "休": False, "班": True, "放假": False, "上班": True, "補班": True,
         "补班": True}  # fmt: skip
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
MOST = 2000  # days in a file

Given = tuple[date, bool, str, Spans | None]  # the day, whether it is worked, its name, its hours


def import_days(unit: Unit, text: str) -> Report:
    """With problems in the report, the caller rolls back."""
    report, given = Report(), dict[date, Given]()
    (_read_calendar if icalendar.is_one(text) else _read_table)(text, report, given)
    if not given and not report.problems:
        report.problems.append(Problem(1, _l("There is no day in the file.")))
    if not report.problems:
        known = {
            row.day: row
            for row in db.session.scalars(select(SpecialDay).where(SpecialDay.unit_id == unit.id))
        }
        for one in given.values():
            _store(unit, one, known.get(one[0]), report)
        db.session.flush()
    return report


def _read_table(text: str, report: Report, given: dict[date, Given]) -> None:
    rows = read(text, COLUMNS, NEEDED)
    report.read = len(rows)
    for row in rows:
        report.checked(row, lambda one: _take(_of_row(one), given))


def _of_row(row: Row) -> Given:
    kind = KINDS.get(row["kind"].lower())
    if kind is None:
        raise Invalid(_l("“%(text)s” is neither holiday nor working.", text=row["kind"][:40]))
    spans = read_hours(row["hours"]) if row["hours"] else None
    if spans and not kind:
        raise Invalid(_l("A holiday has no working hours."))
    return _day(row["date"]), kind, _name(row["name"]), spans


def _day(text: str) -> date:
    plain = text.replace("/", "-").replace(".", "-")
    try:
        year, month, day = (int(part) for part in plain.split("-")) if "-" in plain else _packed(plain)
        found = date(year, month, day)
    except (ValueError, OverflowError):
        raise Invalid(_l("“%(text)s” is no day such as 2026-10-01.", text=text[:40])) from None
    return found


def _packed(text: str) -> tuple[int, int, int]:
    if len(text) != 8 or not text.isdecimal():
        raise ValueError(text)
    return int(text[:4]), int(text[4:6]), int(text[6:])


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise Invalid(_l("At most %(n)s characters.", n=LONGEST_NAME))
    return text


def _read_calendar(text: str, report: Report, given: dict[date, Given]) -> None:
    for entry in icalendar.entries(text):
        report.read += 1
        try:
            for day in entry.days():
                _take((day, entry.is_working, _name(entry.name), None), given)
        except DomainError as error:
            report.problems.append(Problem(entry.line, error.message))


def _take(one: Given, given: dict[date, Given]) -> None:
    if not EARLIEST <= one[0] <= LATEST:
        raise Invalid(_l("Please give a day between 2000 and 2099."))
    if one[0] in given:
        raise Invalid(_l("This day is in the file twice."))
    if len(given) >= MOST:
        raise Invalid(_l("At most %(n)s days in a file.", n=MOST))
    given[one[0]] = one


def _store(unit: Unit, one: Given, row: SpecialDay | None, report: Report) -> None:
    day, working, name, spans = one
    changed = row is not None and _told(row) != (working, name, spans)
    report.note(f"{day.isoformat()} {name}".strip(), new=row is None, changed=changed)
    if row is None or changed:
        row = row or SpecialDay(unit_id=unit.id, day=day)
        write(row, name, working, spans)
        db.session.add(row)


def _told(row: SpecialDay) -> tuple[Any, ...]:
    return row.working, row.name, spans_of(row.spans) if row.spans is not None else None
