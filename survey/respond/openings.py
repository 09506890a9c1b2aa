"""What an address opens: an open link or a personal invitation, found by one cheap query."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Select, Table, and_, bindparam, func, null, select

from survey.locales import say
from survey.models import (
    Batch,
    Invitation,
    Link,
    Questionnaire,
    ServiceEvent,
    ServiceType,
    Status,
    Unit,
    Version,
)
from survey.respond.queries import one

_CODE = re.compile(r"[A-Za-z0-9_-]{1,16}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,128}")
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
        """At `now`, for a form rendered at `rendered_at`, if there is one: then it was open at that moment.

        The clock may have been set since. So a form counts as begun at the later of the two where the window's
        beginning is judged, and at the earlier where its end is.
        """
        began = max(min(rendered_at, now), now - GRACE) if rendered_at else now
        latest = max(rendered_at, now) if rendered_at else now
        if self.used_at:
            return State.USED
        if self.closed_at or self.retired_at or (self.closes_at and self.closes_at <= began):
            return State.CLOSED
        if self.paused_at:
            return State.PAUSED
        if self.version_id is None or (self.opens_at and latest < self.opens_at):
            return State.EARLY
        return State.OPEN

    def places(self, locale: str) -> dict[str, str]:
        """What is filled in for {unit} and {service_type}."""
        return {"unit": say(self.unit_names, locale), "service_type": say(self.service_type_names, locale)}


_VERSION, _QUESTIONNAIRE = cast(Table, Version.__table__), cast(Table, Questionnaire.__table__)
_UNIT, _SERVICE_TYPE = cast(Table, Unit.__table__), cast(Table, ServiceType.__table__)
_LINK, _INVITATION = cast(Table, Link.__table__), cast(Table, Invitation.__table__)
_BATCH, _EVENT = cast(Table, Batch.__table__), cast(Table, ServiceEvent.__table__)


def _opening(table: Table, columns: dict[str, Any]) -> Select[Any]:
    """The columns of an Opening, in its order. Core, not ORM: this runs for every page and submission."""
    q, v, unit, service = _QUESTIONNAIRE.c, _VERSION.c, _UNIT.c, _SERVICE_TYPE.c
    published = and_(v.questionnaire_id == q.id, v.status == Status.PUBLISHED)
    known: dict[str, Any] = {
        "questionnaire_id": q.id,
        "version_id": v.id,
        "checksum": v.checksum,
        "retired_at": q.retired_at,
    }
    known |= {"unit_id": unit.id, "unit_names": unit.names}
    known |= {"service_type_id": service.id, "service_type_names": service.names}
    return (
        select(*((known | columns).get(field.name, null()).label(field.name) for field in fields(Opening)))
        .select_from(table)
        .join(_QUESTIONNAIRE, q.id == table.c.questionnaire_id)
        .join(_UNIT, unit.id == table.c.unit_id)
        .join(_SERVICE_TYPE, service.id == table.c.service_type_id)
        .outerjoin(_VERSION, published)
    )


_OWN = ("channel", "locale", "opens_at", "closes_at", "paused_at", "closed_at")
_BY_CODE = _opening(_LINK, {"link_id": _LINK.c.id} | {name: _LINK.c[name] for name in _OWN}).where(
    _LINK.c.code == bindparam("code")
)
_BY_TOKEN = (
    _opening(
        _INVITATION,
        {
            "invitation_id": _INVITATION.c.id,
            "channel": _BATCH.c.channel,
            "locale": _EVENT.c.locale,
            "closes_at": func.coalesce(_INVITATION.c.expires_at, _BATCH.c.expires_at),
            "used_at": _INVITATION.c.used_at,
        },
    )
    .join(_BATCH, _BATCH.c.id == _INVITATION.c.batch_id)
    .join(_EVENT, _EVENT.c.id == _INVITATION.c.service_event_id)
    .where(_INVITATION.c.token_hash == bindparam("token_hash"))
)


def by_code(code: str) -> Opening | None:
    """The open link with this short address."""
    if not _CODE.fullmatch(code):
        return None
    row = one(_BY_CODE, {"code": code})
    return Opening(*row) if row else None


def by_token(token: str) -> Opening | None:
    """The personal invitation with this token: found by its hash, so that timing tells nothing of it."""
    if not _TOKEN.fullmatch(token):
        return None
    row = one(_BY_TOKEN, {"token_hash": token_hash(token)})
    return Opening(*row) if row else None


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
