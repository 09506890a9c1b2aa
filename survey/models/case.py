"""Cases: the follow-up of what customers said, of a signal in the figures, or of a drill.

`case_file` is where a case stands; how it came there is `case_event`, to which rows are only ever added. Texts that
may name people are sealed, beside: they go when the answers they speak of go (survey/processing/case_traces.py), the
events stay.
"""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, Uuid, event, text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.account import User
from survey.models.columns import At, Id, Json, MaybeAt, RandomId, Texts
from survey.models.insert_only import insert_only
from survey.models.organisation import Unit


class CaseKind(StrEnum):
    FEEDBACK = "feedback"
    ANALYSIS = "analysis"  # a signal in the figures asks for an explanation
    DRILL = "drill"  # measures the chain; stands in no figure of cases


class Severity(StrEnum):
    SERIOUS = "serious"
    ORDINARY = "ordinary"
    ATTENTION = "attention"


class CaseState(StrEnum):
    OPEN = "open"
    NOTIFIED = "notified"  # somebody was told, and has not answered
    ACKNOWLEDGED = "acknowledged"  # and has said what the matter is and what will be done
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"  # for the customer
    RESOLVED = "resolved"
    VERIFIED = "verified"
    CLOSED = "closed"
    REOPENED = "reopened"


class Party(StrEnum):
    """Who did it."""

    USER = "user"
    SYSTEM = "system"
    CUSTOMER = "customer"


class CaseHappened(StrEnum):
    OPENED = "opened"
    JOINED = "joined"  # further responses
    NOTIFIED = "notified"
    ACKNOWLEDGED = "acknowledged"
    ASSIGNED = "assigned"
    STARTED = "started"
    CONTACT = "contact"  # reached or not, see details
    WAITING = "waiting"
    RESUMED = "resumed"
    RESOLVED = "resolved"
    VERIFIED = "verified"
    TOLD = "told"  # the outcome, to the customer
    CLOSED = "closed"
    REOPENED = "reopened"
    MERGED = "merged"
    INVOLVED = "involved"  # a second unit
    APPEALED = "appealed"
    DECIDED = "decided"  # the appeal
    PRIORITISED = "prioritised"
    EVIDENCE = "evidence"
    NOTE = "note"
    MESSAGE = "message"  # between customer and organisation
    RATED = "rated"
    WARNED = "warned"
    ESCALATED = "escalated"
    SENT = "sent"  # a message about the case
    FAILED = "failed"  # to be delivered


class Contact(StrEnum):
    """What is wrong with the contact data."""

    MISSING = "missing"
    WRONG = "wrong"


class Appeal(StrEnum):
    PENDING = "pending"
    UPHELD = "upheld"  # the case was not the unit's to answer for
    REJECTED = "rejected"


class CaseCause(BaseModel):
    """A node of the tree of causes; ended, never deleted."""

    __tablename__ = "case_cause"

    id: Mapped[Id]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("case_cause.id"), index=True)
    names: Mapped[Texts]
    position: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[MaybeAt]

    parent: Mapped[CaseCause | None] = relationship(remote_side="CaseCause.id", back_populates="children")
    children: Mapped[list[CaseCause]] = relationship(
        back_populates="parent", order_by="CaseCause.position, CaseCause.id"
    )


_RUNNING: dict[str, Any] = {
    "sqlite_where": text("closed_at IS NULL"),
    "postgresql_where": text("closed_at IS NULL"),
}


class Case(BaseModel):
    __tablename__ = "case_file"
    __table_args__ = (
        Index("ix_case_file_look", "look_at", "id", **_RUNNING),
        Index("ix_case_file_due", "due_at", "id", **_RUNNING),
        Index("ix_case_file_unit_due", "unit_id", "due_at", "id", **_RUNNING),
        Index("ix_case_file_owner_due", "owner_id", "due_at", "id", **_RUNNING),
        Index("ix_case_file_opened", "opened_at", "id"),
        Index("ix_case_file_unit_opened", "unit_id", "opened_at", "id"),
        Index("ix_case_file_owner_opened", "owner_id", "opened_at", "id"),
        Index("ix_case_file_changed", "changed_at"),
    )

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(String(12), unique=True)  # random, for addresses and the telephone
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(12))
    severity: Mapped[str] = mapped_column(String(12))
    priority: Mapped[int] = mapped_column(default=0)  # 0 is usual, 3 the highest
    state: Mapped[str] = mapped_column(String(16))
    owner_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
    tier: Mapped[int] = mapped_column(default=0)  # of escalation: 0 is whoever has duty first
    reasons: Mapped[Json]  # why it was opened: [{"code": …, "names": {locale: words}}]
    responses: Mapped[int] = mapped_column(default=0)  # how many it was about, also when they are gone

    opened_at: Mapped[At]
    changed_at: Mapped[At]  # of the last event
    events_count: Mapped[int] = mapped_column(default=0)  # the number of the last event
    due_at: Mapped[At]  # the next of the limits that is still to be kept; NEVER (cases/limits.py) if none is
    look_at: Mapped[MaybeAt]  # when the worker has to see to it next, see survey/cases/escalation.py
    due_acknowledge_at: Mapped[MaybeAt]
    due_contact_at: Mapped[MaybeAt]
    due_resolve_at: Mapped[MaybeAt]
    warned_acknowledge: Mapped[bool] = mapped_column(default=False)
    warned_contact: Mapped[bool] = mapped_column(default=False)
    warned_resolve: Mapped[bool] = mapped_column(default=False)

    acknowledged_at: Mapped[MaybeAt]  # the first time
    acknowledged_by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
    contacted_at: Mapped[MaybeAt]  # the first time the customer was reached
    waiting_since: Mapped[MaybeAt]
    waiting_until: Mapped[MaybeAt]
    resolved_at: Mapped[MaybeAt]  # none again when it is reopened
    resolved_by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
    verified_at: Mapped[MaybeAt]
    closed_at: Mapped[MaybeAt]
    told_on: Mapped[date | None] = mapped_column(Date)  # the outcome, to the customer
    told_how: Mapped[str | None] = mapped_column(String(16))

    cause_id: Mapped[int | None] = mapped_column(ForeignKey("case_cause.id"), index=True)
    contact_problem: Mapped[str | None] = mapped_column(String(8))
    escalations: Mapped[int] = mapped_column(default=0)
    reopenings: Mapped[int] = mapped_column(default=0)
    satisfaction: Mapped[int | None]  # with the resolution, 1–5, by the customer
    appeal: Mapped[str | None] = mapped_column(String(8))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)

    unit: Mapped[Unit] = relationship()
    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id])
    cause: Mapped[CaseCause | None] = relationship()
    merged_into: Mapped[Case | None] = relationship(remote_side="Case.id")
    events: Mapped[list[CaseEvent]] = relationship(order_by="CaseEvent.number", viewonly=True)

    @property
    def is_running(self) -> bool:
        return self.closed_at is None


class CaseUnit(BaseModel):
    """A further unit that is asked to help."""

    __tablename__ = "case_unit"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)
    since: Mapped[At]

    unit: Mapped[Unit] = relationship()


class CaseResponse(BaseModel):
    """A response stands in one case that is not closed."""

    __tablename__ = "case_response"
    __table_args__ = (
        Index("ix_case_response_running", "response_id", unique=True,
              sqlite_where=text("running"), postgresql_where=text("running")),
        Index("ix_case_response_response_id", "response_id"),
    )  # fmt: skip

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    response_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("response.id"), primary_key=True)
    running: Mapped[bool] = mapped_column(default=True)  # the case is not closed


class CaseEvent(BaseModel):
    __tablename__ = "case_event"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1 is the opening
    at: Mapped[At]
    kind: Mapped[str] = mapped_column(String(16))
    party: Mapped[str] = mapped_column(String(8))
    by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
    channel: Mapped[str] = mapped_column(String(16), default="")
    details: Mapped[Json]  # no free text, and nobody's name

    by: Mapped[User | None] = relationship()


class CaseText(BaseModel):
    """What was written with an event, sealed: {"text": …, "problem": …}. See survey/cases/texts.py."""

    __tablename__ = "case_text"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "number"], ["case_event.case_id", "case_event.number"]),
    )

    case_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class CaseEvidence(BaseModel):
    """A file that belongs to an event, compressed with zlib and sealed."""

    __tablename__ = "case_evidence"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "number"], ["case_event.case_id", "case_event.number"]),
        Index("ix_case_evidence_event", "case_id", "number"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[int]
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(24))
    size: Mapped[int]  # bytes, before compression
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))


event.listen(CaseEvent.__table__, "after_create", insert_only)
