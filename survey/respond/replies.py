"""“You said, we did”: the page of a unit that everybody can read."""

from __future__ import annotations

from typing import Any

from babel.dates import format_skeleton
from flask import Response as Page
from flask import request
from sqlalchemy import select

from survey.extensions import db
from survey.locales import say
from survey.models import PublicReply, Unit
from survey.respond import languages, pages
from survey.respond.secrets import settings

NEWEST = 50


def public(unit_id: int) -> list[PublicReply]:
    wanted = select(PublicReply).where(
        PublicReply.unit_id == unit_id,
        PublicReply.released_at.is_not(None),
        PublicReply.withdrawn_at.is_(None),
    )
    return list(
        db.session.scalars(wanted.order_by(PublicReply.done_on.desc(), PublicReply.id.desc()).limit(NEWEST))
    )


def show(code: str) -> Page | None:
    """None where the unit has nothing to read: then nobody learns whether it exists."""
    unit = db.session.scalar(select(Unit).where(Unit.code == code))
    found = public(unit.id) if unit else []
    if unit is None or not found:
        return None
    locale = languages.asked(request.args.get("lang"))
    pages.use_locale(locale)
    return pages.replies(locale, say(unit.names, locale), [_told(reply, locale) for reply in found])


def _told(reply: PublicReply, locale: str) -> dict[str, Any]:
    """The day is nobody's business, the month is enough. A number that too few stand behind is never told."""
    few = reply.people is None or reply.people < settings().min_n
    return {
        "said": say(reply.said, locale),
        "did": say(reply.did, locale),
        "people": None if few else reply.people,
        "month": reply.done_on.isoformat()[:7],
        "month_said": format_skeleton("yMMMM", reply.done_on, locale=locale),
    }
