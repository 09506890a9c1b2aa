"""Erasures stand in the trail: how many, never which ones."""

from __future__ import annotations

import json

from flask import Flask
from sqlalchemy import select

from survey import audit
from survey.clock import today
from survey.extensions import db
from survey.models import AuditEntry
from survey.processing import erasing
from tests import factories


def test_an_erasure_is_noted_by_number_only(any_app: Flask) -> None:
    link = factories.link()
    gone = [factories.response(link, {"staff": 5, "why": "said in confidence"}) for _ in range(3)]
    ids, receipts = [one.id for one in gone], [one.receipt for one in gone]
    with audit.acting(audit.RESPONDENT):
        erasing.erase(ids, today("Asia/Shanghai"))
        db.session.commit()
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "erased")).all()
    assert (entry.actor_kind, entry.actor_id, entry.thing_id) == ("respondent", None, "small")
    assert json.loads(entry.details) == {"responses": 3, "reason": "on request"}
    held = str(db.session.execute(select(AuditEntry.__table__)).all())
    for text in (*receipts, *(str(one) for one in ids), *(one.hex for one in ids), "confidence"):
        assert text not in held
    assert audit.verify() == audit.head()
