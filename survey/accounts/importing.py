"""Accounts from a CSV file: all of it or nothing; the same file again changes nothing."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from survey.accounts.service import Person, add, change, find
from survey.csv_tables import Report, Row, read
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.locales import closest
from survey.models import Unit, User

COLUMNS = ("email", "name", "role", "unit", "language")
NEEDED = ("email", "name", "role")


def import_people(text: str) -> tuple[Report, list[User]]:
    """The report and the new accounts. With problems in it, the caller rolls back."""
    report, new, seen = Report(), [], set[str]()
    units = {unit.code: unit for unit in db.session.scalars(select(Unit))}

    def store(row: Row) -> None:
        person = _person(row, units)
        if person.email in seen:
            raise Conflict(_l("This address is in the file twice."))
        seen.add(person.email)
        user = find(person.email)
        if user is None:
            new.append(add(person))
        changed = change(user, person) if user else False
        report.note(person.email, new=user is None, changed=changed)

    for row in sorted(read(text, COLUMNS, NEEDED), key=_administrators_first):
        report.read += 1
        report.checked(row, store)
    report.problems.sort(key=lambda problem: problem.line)
    return report, new


def _administrators_first(row: Row) -> tuple[bool, int]:
    """So that a file may replace the last administrator by another, whatever the order of its rows."""
    return row["role"].lower() != "administrator", row.line


def _person(row: Row, units: dict[str, Unit]) -> Person:
    code = row["unit"]
    if code and code not in units:
        raise Invalid(_l("There is no unit %(code)s.", code=code))
    locale = closest(row["language"])
    if row["language"] and locale is None:
        raise Invalid(_l("There is no such language here."))
    unit = units[code] if code else None
    return Person(row["email"], row["name"], row["role"].lower().replace(" ", "_"), unit, locale)
