"""Units and service types from CSV files: all of it or nothing; the same file again changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from survey.csv_tables import Problem, Report, Row, read
from survey.errors import Invalid
from survey.extensions import db
from survey.locales import LOCALES
from survey.models import ServiceType, Unit
from survey.organisation import service

NAMES = tuple(f"name_{locale}" for locale in LOCALES)
UNIT_COLUMNS = ("code", "parent", "kind", *NAMES)
UNIT_NEEDED = ("code", "parent")
SERVICE_COLUMNS = ("code", *NAMES)
SERVICE_NEEDED = ("code",)


def import_units(text: str) -> Report:
    """With problems in the report, the caller rolls back."""
    rows = read(text, UNIT_COLUMNS, UNIT_NEEDED)
    units = {unit.code: unit for unit in db.session.scalars(select(Unit))}
    report = _started(rows)
    before = {code: (unit.kind, dict(unit.names), _code(unit.parent)) for code, unit in units.items()}
    for row in rows:
        report.checked(row, lambda row: _store_unit(row, units))
    if not report.problems:
        report.problems += _circles(rows, {code: _code(unit.parent) for code, unit in units.items()})
    for row in rows:
        report.checked(row, lambda row: _place(row, units))
    if report.problems:
        return _sorted(report)
    db.session.flush()
    service.rebuild_paths()
    for row in rows:
        unit = units[row["code"]]
        now = (unit.kind, dict(unit.names), _code(unit.parent))
        report.note(unit.code, new=unit.code not in before, changed=now != before.get(unit.code))
    return report


def import_service_types(text: str) -> Report:
    """With problems in the report, the caller rolls back."""
    rows = read(text, SERVICE_COLUMNS, SERVICE_NEEDED)
    kinds = {kind.code: kind for kind in db.session.scalars(select(ServiceType))}
    report = _started(rows)

    def store(row: Row) -> None:
        kind = kinds.get(row["code"])
        names = _names(row, kind.names if kind else {})
        changed = kind is not None and dict(kind.names) != names
        if kind is None:
            kinds[row["code"]] = service.add_service_type(row["code"], names)
        elif changed:
            service.change_service_type(kind, names)
        report.note(row["code"], new=kind is None, changed=changed)

    for row in rows:
        report.checked(row, store)
    return _sorted(report)


def _started(rows: list[Row]) -> Report:
    """Lines without a code and codes that are there twice are problems already."""
    report = Report(read=len(rows))
    times = Counter(row["code"] for row in rows)
    for row in rows:
        if times[row["code"]] > 1:
            twice = _l("The code %(code)s is in the file twice.", code=row["code"])
            report.problems.append(Problem(row.line, twice))
    return report


def _store_unit(row: Row, units: dict[str, Unit]) -> None:
    """Its kind and names; its place comes when all rows are known."""
    code, unit = row["code"], units.get(row["code"])
    kind = row["kind"].lower() or (unit.kind if unit else "department")
    names = _names(row, unit.names if unit else {})
    if unit is None:
        units[code] = service.add_unit(code, kind, names)
    elif (kind, names) != (unit.kind, dict(unit.names)):
        service.change_unit(unit, kind, names)


def _place(row: Row, units: Mapping[str, Unit]) -> None:
    parent = row["parent"]
    if parent and parent not in units:
        raise Invalid(_l("There is no unit %(code)s, here or in the file.", code=parent))
    if row["code"] in units:
        units[row["code"]].parent = units[parent] if parent else None


def _circles(rows: list[Row], parents: dict[str, str]) -> list[Problem]:
    """The rows whose unit would lie under itself."""
    parents = parents | {row["code"]: row["parent"] for row in rows}
    circle = _l("This unit would lie under itself.")
    return [Problem(row.line, circle) for row in rows if _under_itself(row["code"], parents)]


def _under_itself(code: str, parents: Mapping[str, str]) -> bool:
    above, seen = parents.get(code, ""), set[str]()
    while above and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = parents.get(above, "")
    return False


def _names(row: Row, present: Mapping[str, str]) -> dict[str, str]:
    """An empty cell leaves the name that is there."""
    given = {locale: row[f"name_{locale}"] for locale in LOCALES}
    return dict(present) | {locale: name for locale, name in given.items() if name}


def _code(unit: Unit | None) -> str:
    return unit.code if unit else ""


def _sorted(report: Report) -> Report:
    report.problems.sort(key=lambda problem: problem.line)
    return report
