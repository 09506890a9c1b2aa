"""Reads messages: how many are in which state, which were not sent and why, and a person's notices."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from jinja2 import TemplateError
from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import joinedload

from survey.channels import IN_APP
from survey.errors import Missing
from survey.extensions import db
from survey.models import Message, State, User
from survey.outbox import contents
from survey.outbox.registry import UnknownTemplate
from survey.outbox.words import filled
from survey.sealing import Unreadable

SHOWN = 50
MOST_COUNTED = 100  # unread notices; more are told as "99+"


@dataclass(frozen=True, slots=True)
class Notice:
    id: uuid.UUID
    subject: str
    text: str
    link: str
    at: datetime
    read: bool


def counts() -> dict[str, int]:
    """How many messages that travel are in each state."""
    rows = db.session.execute(
        select(Message.state, func.count()).where(Message.channel != IN_APP).group_by(Message.state)
    )
    return {str(state): 0 for state in State} | {row.state: row[1] for row in rows}


def waiting_since() -> datetime | None:
    """When the message was written that waits longest, of those that were tried already."""
    tried = and_(Message.state == State.WAITING, Message.tries > 0)
    return db.session.scalar(select(func.min(Message.created_at)).where(tried))


def newest(*states: State) -> list[Message]:
    """Messages that travel, the newest first, with whom they are for."""
    return list(
        db.session.scalars(
            select(Message)
            .options(joinedload(Message.user), joinedload(Message.endpoint))
            .where(Message.state.in_(states), Message.channel != IN_APP)
            .order_by(Message.created_at.desc())
            .limit(SHOWN)
        )
    )


def _mine(person: User) -> ColumnElement[bool]:
    """Notices whose text is kept."""
    there = Message.channel == IN_APP, Message.state == State.SENT, Message.sealed.is_not(None)
    return and_(Message.user_id == person.id, *there)


def unread(person: User) -> int:
    """At most MOST_COUNTED."""
    some = select(Message.id).where(_mine(person), Message.read_at.is_(None)).limit(MOST_COUNTED)
    return db.session.scalar(select(func.count()).select_from(some.subquery())) or 0


def notices(person: User, locale: str, base: str, page: int) -> tuple[list[Notice], bool]:
    """A page of them, the newest first, and whether there are more."""
    rows = db.session.scalars(
        select(Message)
        .where(_mine(person))
        .order_by(Message.sent_at.desc(), Message.id)
        .limit(SHOWN + 1)
        .offset(SHOWN * (page - 1))
    ).all()
    return list(_said(rows[:SHOWN], locale, base)), len(rows) > SHOWN


def notice(person: User, number: uuid.UUID) -> Message:
    """Raises Missing."""
    found = db.session.scalar(select(Message).where(_mine(person), Message.id == number))
    if found is None:
        raise Missing
    return found


def link_of(message: Message, base: str) -> str:
    """Where a notice leads: a path of ours, or nothing."""
    try:
        fields = contents.opened(message.sealed, message.id).fields if message.sealed else {}
    except Unreadable:
        return ""
    link = str(fields.get("link") or "")
    path = link.removeprefix(base)
    return path if link.startswith(f"{base}/") and not path.startswith("//") else ""


def _said(rows: Iterable[Message], locale: str, base: str) -> Iterable[Notice]:
    """In the language of the page; what cannot be read any more is left out."""
    for row in rows:
        try:
            fields = contents.opened(row.sealed or b"", row.id).fields
            words = filled(row.template, locale, fields)
        except (Unreadable, UnknownTemplate, TemplateError):
            continue
        link = link_of(row, base)
        text = "\n".join(line for line in words.body.splitlines() if line.strip() != fields.get("link"))
        yield Notice(
            row.id, words.subject, text.strip(), link, row.sent_at or row.created_at, row.read_at is not None
        )
