"""A file of service events between its check and the making of its invitations."""

from __future__ import annotations

import uuid
import zlib
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from survey import clock
from survey.errors import Invalid, Missing
from survey.extensions import db
from survey.models import Upload, User

_PURPOSE = "invitations"
MOST_BYTES = 32 * 1024 * 1024
_KEPT = timedelta(days=1)


def keep(name: str, content: bytes, options: dict[str, Any], person: User) -> Upload:
    """Stores the file; those that were forgotten for a day go."""
    if len(content) > MOST_BYTES:
        raise Invalid(_l("The file is larger than 32 MB. Send several files."), field="file")
    now = clock.now()
    forget_old()
    upload = Upload(
        purpose=_PURPOSE,
        name=name[-255:],
        options=options,
        content=zlib.compress(content, 1),
        created_at=now,
        created_by=person.id,
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def forget_old() -> int:
    """Files that nobody came back for. The caller commits."""
    old = (Upload.purpose == _PURPOSE) & (Upload.created_at < clock.now() - _KEPT)
    return len(db.session.scalars(delete(Upload).where(old).returning(Upload.id)).all())


def upload_of(person: User, number: uuid.UUID) -> Upload:
    """Raises Missing for somebody else's."""
    found = db.session.scalar(
        select(Upload).where(Upload.id == number, Upload.purpose == _PURPOSE, Upload.created_by == person.id)
    )
    if found is None:
        raise Missing(
            _l("This file is no longer here: it was used, thrown away, or kept for more than a day.")
        )
    return found


def content_of(upload: Upload) -> bytes:
    return zlib.decompress(upload.content)
