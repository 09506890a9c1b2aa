"""Which cases, in which order, a page at a time; and what happened to them since somebody looked."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.orm import joinedload, load_only

from analysis.searching import Term
from survey import clock
from survey.cases.seeing import visible
from survey.extensions import db
from survey.figures.comment_search import searched
from survey.models import Case, CaseResponse, CaseState, Comment, Unit, User

PAGE = 25
MOST = 100  # counted of what is new or due: more is told as "100 and more"
MINE, UNIT, OVERDUE, ALL = VIEWS = ("mine", "unit", "overdue", "all")
OPEN = "open_cases"  # any state but closed
TO_DO = (
    CaseState.OPEN,
    CaseState.NOTIFIED,
    CaseState.ACKNOWLEDGED,
    CaseState.IN_PROGRESS,
    CaseState.REOPENED,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    view: str = ALL
    state: str = OPEN  # OPEN, a state, or "" for any
    severity: str = ""
    kind: str = ""
    unit_path: str = ""
    owner: str = ""  # "none" or an id
    cause: int | None = None
    first_on: date | None = None
    last_on: date | None = None
    number: str = ""  # as it was typed, where it may be one
    terms: Sequence[Term] = ()  # in what was said
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list; `str` of it goes into an address, `place` reads it back."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // _TICK}~{self.id}"


@dataclass(frozen=True, slots=True)
class Page:
    cases: Sequence[Case]
    before: Place | None
    after: Place | None


def place(text: str) -> Place | None:
    """None for anything that `str` of a Place did not make."""
    ticks, _bar, number = text.partition("~")
    try:
        return Place(_EPOCH + int(ticks) * _TICK, int(number)) if len(text) < 40 else None
    except (ValueError, OverflowError):
        return None


def by_due(wanted: Wanted) -> bool:
    """Open cases stand in the order in which something is due; among others, the newest is first."""
    return wanted.state not in ("", CaseState.CLOSED)


def page(person: User, wanted: Wanted, after: Place | None = None, before: Place | None = None) -> Page:
    due = by_due(wanted)
    key: Any = tuple_(Case.due_at if due else Case.opened_at, Case.id)
    back = before is not None
    rising = due != back
    statement = _filtered(select(Case), person, wanted)
    start = before or after
    if start is not None:
        ends = (start.at, start.id)
        statement = statement.where(key > ends if rising else key < ends)
    order = [part.asc() if rising else part.desc() for part in key.clauses]
    with_names = joinedload(Case.owner).options(load_only(User.name, User.email)), joinedload(Case.unit)
    found = list(db.session.scalars(statement.order_by(*order).limit(PAGE + 1).options(*with_names)).unique())
    more, found = len(found) > PAGE, found[:PAGE]
    if back:
        found.reverse()
    first, last = (_place(found[0], due), _place(found[-1], due)) if found else (None, None)
    return Page(
        found,
        before=first if (back and more) or (not back and start is not None) else None,
        after=last if (more and not back) or back else None,
    )


def _place(case: Case, due: bool) -> Place:
    return Place(case.due_at if due else case.opened_at, case.id)


def changed(person: User, wanted: Wanted, since: datetime) -> int:
    """How many cases of this list have changed since; MOST where more have."""
    statement = _filtered(select(Case.id), person, wanted).where(Case.changed_at > since).limit(MOST)
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def last_change(person: User) -> datetime:
    """Of any case that this person sees: where it is as it was, no list of theirs has changed."""
    newest = select(Case.changed_at).where(visible(person)).order_by(Case.changed_at.desc()).limit(1)
    return db.session.scalar(newest) or _EPOCH


def counts(person: User, now: datetime) -> tuple[int, int]:
    """Cases in which this person has something to do, and how many of those one sees are overdue, up to MOST each."""
    mine = select(Case.id).where(Case.closed_at.is_(None), Case.owner_id == person.id, Case.state.in_(TO_DO))
    late = select(Case.id).where(Case.closed_at.is_(None), Case.due_at < now, visible(person))
    counted = [
        select(func.count()).select_from(one.limit(MOST).subquery()).scalar_subquery() for one in (mine, late)
    ]
    row = db.session.execute(select(*counted)).one()
    return row[0], row[1]


def excerpts(cases: Sequence[Case]) -> dict[int, str]:
    """A masked comment of each case: of those that complain, else of all, the longest."""
    ids = [case.id for case in cases]
    rows = db.session.execute(
        select(CaseResponse.case_id, Comment.text)
        .join(Comment, Comment.response_id == CaseResponse.response_id)
        .where(CaseResponse.case_id.in_(ids), Comment.text != "")
        .order_by(Comment.label == "negative", func.length(Comment.text))
    )
    return {row.case_id: row.text for row in rows}


def _filtered(statement: Select[Any], person: User, wanted: Wanted) -> Select[Any]:
    statement = statement.where(visible(person))
    if wanted.view == MINE:
        statement = statement.where(Case.owner_id == person.id)
    if wanted.view == UNIT and person.unit_id is not None:
        statement = statement.where(Case.unit_id == person.unit_id)
    if wanted.view == OVERDUE:
        statement = statement.where(Case.closed_at.is_(None), Case.due_at < clock.now())
    return statement.where(*_chosen(wanted))


def _chosen(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.state == OPEN:
        found.append(Case.closed_at.is_(None))
    elif wanted.state:
        found.append(Case.state == wanted.state)
        if wanted.state != CaseState.CLOSED:
            found.append(Case.closed_at.is_(None))  # as the indexes say it
    found += [column == value for column, value in (
        (Case.severity, wanted.severity), (Case.kind, wanted.kind), (Case.cause_id, wanted.cause)
    ) if value]  # fmt: skip
    if wanted.unit_path:
        below = select(Unit.id).where(Unit.path.startswith(wanted.unit_path, autoescape=True))
        found.append(Case.unit_id.in_(below))
    if wanted.owner == "none":
        found.append(Case.owner_id.is_(None))
    elif wanted.owner:
        found.append(Case.owner_id == uuid.UUID(wanted.owner))
    return [*found, *_days(wanted), *_said(wanted)]


def _days(wanted: Wanted) -> list[ColumnElement[bool]]:
    zone = ZoneInfo(wanted.timezone)
    found = []
    if wanted.first_on:
        found.append(Case.opened_at >= datetime.combine(wanted.first_on, time.min, zone))
    if wanted.last_on:
        found.append(Case.opened_at < datetime.combine(wanted.last_on + timedelta(days=1), time.min, zone))
    return found


def _said(wanted: Wanted) -> list[ColumnElement[bool]]:
    """In the masked comments, or the case's own number."""
    if not wanted.number and not wanted.terms:
        return []
    found = [Case.public_id == wanted.number.upper().replace("-", "")]
    if wanted.terms:
        hits = searched(select(Comment.response_id), wanted.terms, ())
        about = select(CaseResponse.case_id).where(CaseResponse.response_id.in_(hits))
        found.append(Case.id.in_(about))
    return [or_(*found)]
