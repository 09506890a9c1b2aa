"""Files by which one sees that a measure was taken: few, small, of three kinds, sealed. Callers commit."""

from __future__ import annotations

import zlib

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from survey.cases.life import Step, locked, take
from survey.cases.texts import place
from survey.cells import clean
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.models import Case, CaseEvidence, CaseHappened, User
from survey.sealing import seal, unseal

LARGEST = 2 * 1024 * 1024  # bytes
MOST = 10  # files of one case
KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"%PDF-": "application/pdf"}


def add(case: Case, by: User, name: str, content: bytes) -> CaseEvidence:
    """The kind is read from the content: a name says anything."""
    locked(case)
    if not case.is_running:
        raise Conflict(_l("This case is closed."))
    if not content or len(content) > LARGEST:
        raise Invalid(_l("Please choose a file of at most 2 MB."), field="file")
    media_type = next((kind for start, kind in KINDS.items() if content.startswith(start)), None)
    if media_type is None:
        raise Invalid(_l("Only PNG and JPEG pictures and PDF files are taken."), field="file")
    there = select(func.count()).select_from(CaseEvidence).where(CaseEvidence.case_id == case.id)
    if (db.session.scalar(there) or 0) >= MOST:
        raise Invalid(_l("A case has at most %(n)s files.", n=MOST), field="file")
    event = take(case, Step(CaseHappened.EVIDENCE, by, details={"size": len(content), "type": media_type}))
    made = CaseEvidence(
        case_id=case.id,
        number=event.number,
        name=_tidy(name),
        media_type=media_type,
        size=len(content),
        content=seal(zlib.compress(content), place(case.id, event.number)),
    )
    db.session.add(made)
    db.session.flush()
    return made


def content(file: CaseEvidence) -> bytes:
    """Raises Unreadable."""
    return zlib.decompress(unseal(file.content, place(file.case_id, file.number)))


def _tidy(name: str) -> str:
    last = str(clean(name)).replace("\\", "/").rpartition("/")[2].strip()
    return last[-120:] or "file"
