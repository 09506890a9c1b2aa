"""Figures from outside as CSV, in and out: all of a file or nothing; the same file again changes nothing."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from survey import audit, clock
from survey.cells import clean, neutral_row, original
from survey.csv_tables import Problem, Report, Row, read
from survey.errors import Invalid
from survey.extensions import db
from survey.models import Benchmark, User
from survey.models.target import METRICS
from survey.results.tables import BOM

COLUMNS = ("code", "metric", "value", "low", "high", "n", "source", "date", "population")
NEEDED = ("code", "metric", "value", "source", "date")
RANGES = {"nps": (-100.0, 100.0), "ces": (1.0, 7.0), "mean": (-1e6, 1e6)}
LONGEST = {"code": 96, "source": 200, "population": 200}
MOST_PEOPLE = 2**31 - 1

Key = tuple[str, str, str, date, str]


def import_benchmarks(text: str, person: User | None) -> Report:
    """With problems in the report, the caller rolls back."""
    rows = read(text, COLUMNS, NEEDED)
    report, seen = Report(read=len(rows)), set[Key]()
    known = {_key(one): one for one in db.session.scalars(select(Benchmark))}

    def store(row: Row) -> None:
        given = _given(row)
        key: Key = tuple(given[name] for name in ("code", "metric", "source", "measured_on", "population"))
        if key in seen:
            raise Invalid(_l("This figure is in the file twice."))
        seen.add(key)
        found = known.get(key)
        changed = found is not None and any(getattr(found, name) != value for name, value in given.items())
        if found is None or changed:
            _store(found or Benchmark(), given, person)
        report.note(f"{key[0]} {key[1]}", new=found is None, changed=changed)

    for row in rows:
        report.checked(row, store)
    if not rows:
        report.problems.append(Problem(1, _l("There is no row in the file.")))
    if not report.problems:
        db.session.flush()
        _record(report)
    return report


def export_benchmarks(known: Iterable[Benchmark]) -> str:
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(COLUMNS)
    for one in known:
        cells = [one.code, one.metric, _said(one.value), _said(one.low), _said(one.high), one.n,
                 one.source, one.measured_on.isoformat(), one.population]  # fmt: skip
        texts = [cell if at in (2, 3, 4) else neutral_row([cell])[0] for at, cell in enumerate(cells)]
        writer.writerow("" if text is None else text for text in texts)
    return BOM + made.getvalue()


def _said(value: float | None) -> str:
    """The shortest text that is read as the same number; a minus sign here begins no formula."""
    return "" if value is None else repr(value)


def _key(one: Benchmark) -> Key:
    return one.code, one.metric, one.source, one.measured_on, one.population


def _store(one: Benchmark, given: dict[str, Any], person: User | None) -> None:
    for name, value in given.items():
        setattr(one, name, value)
    one.imported_at = clock.now()
    one.imported_by_id = person.id if person else None
    db.session.add(one)


def _record(report: Report) -> None:
    if report.added or report.changed:
        told = {"added": len(report.added), "changed": len(report.changed)}
        audit.record(audit.Deed.CHANGED, audit.Thing("benchmarks"), told)


def _given(row: Row) -> dict[str, Any]:
    texts = {name: _text(row, name) for name in LONGEST}
    metric = row["metric"].lower()
    if metric not in METRICS:
        raise Invalid(_l("The metric is one of: %(names)s.", names=", ".join(METRICS)))
    value = _number(row, "value", metric)
    low, high = (_number(row, name, metric) if row[name] else None for name in ("low", "high"))
    if value is None:
        raise Invalid(_l("“%(name)s” is missing.", name="value"))
    if (low is None) != (high is None):
        raise Invalid(_l("An interval needs both ends: low and high."))
    if low is not None and high is not None and not low <= value <= high:
        raise Invalid(_l("The value does not lie between low and high."))
    return texts | {
        "metric": metric,
        "value": value,
        "low": low,
        "high": high,
        "n": _count(row["n"]),
        "measured_on": _day(row["date"]),
    }


def _text(row: Row, name: str) -> str:
    text = str(clean(original(row[name]))).strip()
    if not text and name in NEEDED:
        raise Invalid(_l("“%(name)s” is missing.", name=name))
    if len(text) > LONGEST[name]:
        raise Invalid(_l("“%(name)s” has at most %(n)s characters.", name=name, n=LONGEST[name]))
    return text


def _number(row: Row, name: str, metric: str) -> float | None:
    if not row[name]:
        return None
    low, high = RANGES.get(metric, (0.0, 100.0))
    try:
        value = float(row[name])
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        message = _l(
            "“%(name)s” is a number between %(low)s and %(high)s.",
            name=name,
            low=f"{low:g}",
            high=f"{high:g}",
        )
        raise Invalid(message)
    return value + 0.0  # without a negative zero


def _count(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 12 and 1 <= int(text) <= MOST_PEOPLE):
        raise Invalid(_l("“%(name)s” is a whole number of 1 or more.", name="n"))
    return int(text)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not 1900 <= day.year <= 2099:
        raise Invalid(_l("“date” is a day such as 2026-03-31."))
    return day
