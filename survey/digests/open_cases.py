"""The cases that wait for one person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _
from sqlalchemy import func, select

from survey.cases.limits import NEVER
from survey.extensions import db
from survey.models import Case, CaseKind, User

MOST = 5


@dataclass(frozen=True, slots=True)
class OpenCases:
    title: str = ""
    lines: list[str] = field(default_factory=list)


def open_cases(person: User, now: datetime) -> OpenCases:
    """How many are this person's, how many of them are late, and the next ones due."""
    mine = Case.owner_id == person.id, Case.closed_at.is_(None), Case.kind != CaseKind.DRILL
    late = func.count().filter(Case.due_at < now)
    total, overdue = db.session.execute(select(func.count(), late).select_from(Case).where(*mine)).one()
    if not total:
        return OpenCases()
    lines = [ngettext("%(num)d case is yours.", "%(num)d cases are yours.", total)]
    if overdue:
        lines.append(ngettext("%(num)d of them is overdue.", "%(num)d of them are overdue.", overdue))
    due = select(Case.public_id, Case.due_at).where(*mine, Case.due_at < NEVER)
    for row in db.session.execute(due.order_by(Case.due_at, Case.id).limit(MOST)):
        at = format_datetime(row.due_at, "short")
        lines.append(_("Case %(number)s: due %(at)s", number=row.public_id, at=at))
    return OpenCases(_("Your open cases"), lines)
