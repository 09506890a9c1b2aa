"""Reading one case: its events with their texts, what was said, its files, and the tree of causes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from survey.cases.seeing import visible
from survey.errors import Missing
from survey.extensions import db
from survey.models import (
    Case,
    CaseCause,
    CaseEvent,
    CaseEvidence,
    CaseResponse,
    CaseUnit,
    Comment,
    Response,
    Unit,
    User,
)


def events(case: Case) -> Sequence[CaseEvent]:
    mine = select(CaseEvent).where(CaseEvent.case_id == case.id)
    return (
        db.session.scalars(mine.order_by(CaseEvent.number).options(joinedload(CaseEvent.by))).unique().all()
    )


def responses(case: Case) -> Sequence[Response]:
    theirs = select(CaseResponse.response_id).where(CaseResponse.case_id == case.id)
    return db.session.scalars(
        select(Response).where(Response.id.in_(theirs)).order_by(Response.submitted_on, Response.id)
    ).all()


def comments(case: Case) -> dict[uuid.UUID, list[Comment]]:
    """Masked, by response."""
    theirs = select(CaseResponse.response_id).where(CaseResponse.case_id == case.id)
    found: dict[uuid.UUID, list[Comment]] = {}
    for comment in db.session.scalars(
        select(Comment).where(Comment.response_id.in_(theirs), Comment.text != "")
    ):
        found.setdefault(comment.response_id, []).append(comment)
    return found


def helping(case: Case) -> Sequence[Unit]:
    joined = select(Unit).join(CaseUnit, CaseUnit.unit_id == Unit.id)
    return db.session.scalars(joined.where(CaseUnit.case_id == case.id).order_by(CaseUnit.since)).all()


def files(case: Case) -> Sequence[CaseEvidence]:
    mine = select(CaseEvidence).where(CaseEvidence.case_id == case.id)
    return db.session.scalars(mine.order_by(CaseEvidence.number)).all()


def file_of(person: User, file_id: uuid.UUID) -> tuple[CaseEvidence, Case]:
    """A file of a case that the person sees. Raises Missing."""
    joined = select(CaseEvidence, Case).join(Case, Case.id == CaseEvidence.case_id)
    found = db.session.execute(joined.where(CaseEvidence.id == file_id, visible(person))).one_or_none()
    if found is None:
        raise Missing
    return found[0], found[1]


def merged(case: Case) -> Sequence[Case]:
    """Those that went into this one."""
    return db.session.scalars(select(Case).where(Case.merged_into_id == case.id).order_by(Case.id)).all()


def causes() -> list[tuple[int, CaseCause]]:
    """The tree in order, each with its depth."""
    every = db.session.scalars(select(CaseCause).order_by(CaseCause.position, CaseCause.id)).all()
    below: dict[int | None, list[CaseCause]] = {}
    for one in every:
        below.setdefault(one.parent_id, []).append(one)
    return list(_walk(below, None, 0))


def _walk(
    below: dict[int | None, list[CaseCause]], parent: int | None, depth: int
) -> Iterator[tuple[int, CaseCause]]:
    for one in below.get(parent, []):
        yield depth, one
        yield from _walk(below, one.id, depth + 1)


def similar(case: Case, most: int = 20) -> Sequence[Case]:
    """Open cases of the same unit and kind, into which this one could be merged, the newest first."""
    same = Case.unit_id == case.unit_id, Case.kind == case.kind, Case.closed_at.is_(None), Case.id != case.id
    return db.session.scalars(select(Case).where(*same).order_by(Case.opened_at.desc()).limit(most)).all()
