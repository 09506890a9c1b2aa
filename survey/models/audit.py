"""The audit trail: who saw or changed what. Rows are only ever added; each carries the hash of the one before."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, Index, Integer, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from survey.extensions import BaseModel
from survey.models.append_only import make_append_only
from survey.models.columns import At


class Deed(StrEnum):
    """What somebody did. Entries keep the value for ever: add to these, never rename one."""

    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"
    CLOSED = "closed"
    REOPENED = "reopened"
    PAUSED = "paused"
    RESUMED = "resumed"
    PUBLISHED = "published"
    RETIRED = "retired"
    IMPORTED = "imported"
    ERASED = "erased"  # a respondent's data, on request or after the retention time
    SAW = "saw"  # figures, comments, single responses, data of a respondent
    EXPORTED = "exported"
    DOWNLOADED = "downloaded"  # personal links
    RESTORED = "restored"  # the whole installation, from a backup
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    SESSIONS_ENDED = "sessions_ended"
    PASSWORD_SET = "password_set"  # noqa: S105
    PASSWORD_LINK = "password_link"  # noqa: S105
    SECOND_FACTOR_ON = "second_factor_on"
    SECOND_FACTOR_OFF = "second_factor_off"
    RECOVERY_CODES = "recovery_codes"


class ActorKind(StrEnum):
    PERSON = "person"
    RESPONDENT = "respondent"  # with a receipt, which is not kept here
    COMMAND_LINE = "command_line"
    WORKER = "worker"
    NOBODY = "nobody"  # a visitor who has not signed in


class AuditEntry(BaseModel):
    """Without foreign keys: what an entry speaks of may go, the entry stays."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_at", "at", "number"),
        Index("ix_audit_entry_actor", "actor_id", "number"),
        Index("ix_audit_entry_deed", "deed", "number"),
        Index("ix_audit_entry_thing", "thing_kind", "thing_id", "number"),
        Index("ix_audit_entry_unit", "unit_id", "number"),
    )

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[At]  # never before that of the entry before
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[str | None] = mapped_column(String(36))
    actor_name: Mapped[str] = mapped_column(String(400), default="")  # as it was then
    deed: Mapped[str] = mapped_column(String(24))
    thing_kind: Mapped[str] = mapped_column(String(24))
    thing_id: Mapped[str] = mapped_column(String(64), default="")
    thing_name: Mapped[str] = mapped_column(String(400), default="")  # as it was then
    unit_id: Mapped[int | None]
    details: Mapped[str] = mapped_column(Text, default="{}")  # canonical JSON, as it was hashed
    once: Mapped[str | None] = mapped_column(String(64), unique=True)  # what is noted at most once
    previous: Mapped[str] = mapped_column(String(64))  # SHA-256, hexadecimal
    hash: Mapped[str] = mapped_column(String(64))


event.listen(AuditEntry.__table__, "after_create", make_append_only)
