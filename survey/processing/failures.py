"""Responses that were given up after the last try: shown to the administrator, and tried again when asked for."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from sqlalchemy import Select, func, select, update

from survey.extensions import db
from survey.models import Response

GIVEN_UP = Response.failed_at.is_not(None) & Response.processed_at.is_(None)


def newest(most: int) -> Select[Response]:
    return select(Response).where(GIVEN_UP).order_by(Response.failed_at.desc()).limit(most)


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Response).where(GIVEN_UP)) or 0


def retry(ids: Collection[uuid.UUID] | None = None) -> int:
    """They wait again as if never tried; all of them without ids. Returns how many. The caller commits."""
    chosen = GIVEN_UP if ids is None else GIVEN_UP & Response.id.in_(ids)
    fresh = update(Response).where(chosen).values(failed_at=None, failure=None, retry_at=None, attempts=0)
    return len(db.session.execute(fresh.returning(Response.id)).all())
