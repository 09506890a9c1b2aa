"""What an address opens, in one cheap query, and what was stored for a form."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, null, select

from survey.extensions import db
from survey.locales import say
from survey.models import (
    Batch,
    Invitation,
    Link,
    Questionnaire,
    Response,
    ServiceEvent,
    ServiceType,
    Status,
    Unit,
    Version,
)
from survey.questions.definition import Definition, definition_of

_CODE = re.compile(r"[A-Za-z0-9_-]{1,16}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,128}")
_RECEIPT = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
# Whoever began in time may finish: a form rendered while the address was open is taken this much longer.
GRACE = timedelta(hours=1)


class State(StrEnum):
    OPEN = "open"
    EARLY = "early"
    PAUSED = "paused"
    CLOSED = "closed"
    USED = "used"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a link or an invitation opens: a questionnaire, for one unit and one service type."""

    link_id: int | None
    invitation_id: uuid.UUID | None
    questionnaire_id: int
    version_id: int | None  # the published version, if there is one
    checksum: str | None
    unit_id: int
    unit_names: Mapping[str, str]
    service_type_id: int
    service_type_names: Mapping[str, str]
    channel: str
    locale: str | None
    opens_at: datetime | None
    closes_at: datetime | None
    paused_at: datetime | None
    closed_at: datetime | None
    used_at: datetime | None
    retired_at: datetime | None

    @property
    def name(self) -> str:
        """Names the link or the invitation in form keys."""
        return f"l{self.link_id}" if self.invitation_id is None else f"i{self.invitation_id.hex}"

    def state(self, now: datetime, rendered_at: datetime | None = None) -> State:
        """At `now`, for a form rendered at `rendered_at`, if there is one."""
        began = max(rendered_at, now - GRACE) if rendered_at else now
        if self.used_at:
            return State.USED
        if self.closed_at or self.retired_at or (self.closes_at and self.closes_at <= began):
            return State.CLOSED
        if self.paused_at:
            return State.PAUSED
        if self.version_id is None or (self.opens_at and now < self.opens_at):
            return State.EARLY
        return State.OPEN

    def places(self, locale: str) -> dict[str, str]:
        """What is filled in for {unit} and {service_type}."""
        return {"unit": say(self.unit_names, locale), "service_type": say(self.service_type_names, locale)}


def _opening(
    row: type[Link] | type[Invitation], condition: ColumnElement[bool], columns: Mapping[str, Any]
) -> Select[Any]:
    """The columns of an Opening, in its order."""
    published = and_(Version.questionnaire_id == Questionnaire.id, Version.status == Status.PUBLISHED)
    return (
        select(
            columns["link_id"],
            columns["invitation_id"],
            Questionnaire.id,
            Version.id,
            Version.checksum,
            Unit.id,
            Unit.names,
            ServiceType.id,
            ServiceType.names,
            columns["channel"],
            columns["locale"],
            columns.get("opens_at", null()),
            columns["closes_at"],
            columns.get("paused_at", null()),
            columns.get("closed_at", null()),
            columns.get("used_at", null()),
            Questionnaire.retired_at,
        )
        .select_from(row)
        .join(Questionnaire, Questionnaire.id == row.questionnaire_id)
        .join(Unit, Unit.id == row.unit_id)
        .join(ServiceType, ServiceType.id == row.service_type_id)
        .outerjoin(Version, published)
        .where(condition)
    )


_BY_CODE = _opening(
    Link,
    Link.code == bindparam("code"),
    {"link_id": Link.id, "invitation_id": null()}
    | {
        name: getattr(Link, name)
        for name in ("channel", "locale", "opens_at", "closes_at", "paused_at", "closed_at")
    },
)
_BY_TOKEN = (
    _opening(
        Invitation,
        Invitation.token_hash == bindparam("token_hash"),
        {
            "link_id": null(),
            "invitation_id": Invitation.id,
            "channel": Batch.channel,
            "locale": ServiceEvent.locale,
        }
        | {
            "closes_at": func.coalesce(Invitation.expires_at, Batch.expires_at),
            "used_at": Invitation.used_at,
        },
    )
    .join(Batch, Batch.id == Invitation.batch_id)
    .join(ServiceEvent, ServiceEvent.id == Invitation.service_event_id)
)


def by_code(code: str) -> Opening | None:
    """The open link with this short address."""
    if not _CODE.fullmatch(code):
        return None
    row = db.session.execute(_BY_CODE, {"code": code}).one_or_none()
    return Opening(*row) if row else None


def by_token(token: str) -> Opening | None:
    """The personal invitation with this token: found by its hash, so that timing tells nothing of it."""
    if not _TOKEN.fullmatch(token):
        return None
    row = db.session.execute(_BY_TOKEN, {"token_hash": token_hash(token)}).one_or_none()
    return Opening(*row) if row else None


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@lru_cache(maxsize=256)
def definition(version_id: int, checksum: str) -> Definition:
    """Of a published version; the checksum makes a kept one always the right one."""
    return definition_of(db.session.get_one(Version, version_id))


def checksum_of(version_id: int, questionnaire_id: int) -> str | None:
    """Of a version, if it belongs to the questionnaire and was ever published."""
    return db.session.scalar(
        select(Version.checksum).where(
            Version.id == version_id,
            Version.questionnaire_id == questionnaire_id,
            Version.status != Status.DRAFT,
        )
    )


@dataclass(frozen=True, slots=True)
class Stored:
    """What is known of a stored response without asking who gave it."""

    receipt: str
    answers: Mapping[str, Any]
    locale: str


_STORED = select(Response.receipt, Response.answers, Response.locale)


def stored_for_key(idempotency_key: str) -> Stored | None:
    return _stored(Response.idempotency_key == idempotency_key)


def stored_for_invitation(invitation_id: uuid.UUID | None) -> Stored | None:
    """None for anonymous questionnaires: their responses do not know the invitation."""
    return _stored(Response.invitation_id == invitation_id) if invitation_id else None


def _stored(condition: ColumnElement[bool]) -> Stored | None:
    row = db.session.execute(_STORED.where(condition)).one_or_none()
    return Stored(*row) if row else None


def by_receipt(receipt: str) -> Response | None:
    if not _RECEIPT.fullmatch(receipt):
        return None
    return db.session.scalar(select(Response).where(Response.receipt == receipt))
