"""Giving invitations their links. Links are in the file that is written here and nowhere else: only hashes stay."""

from __future__ import annotations

import csv
import hashlib
import secrets
import uuid
from collections.abc import Sequence
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select, update

from survey import audit, clock
from survey.cells import neutral_row
from survey.distribute.addresses import personal_address
from survey.distribute.events import COLUMNS
from survey.distribute.invitations import chunks
from survey.extensions import db
from survey.models import Batch, Invitation, ServiceEvent, ServiceType, Unit

LINKS_COLUMNS = (*COLUMNS, "link")


def issue(
    batch: Batch, whose: ColumnElement[bool], everybody: bool, base_url: str, timezone: str, out: TextIO
) -> int:
    """Writes a CSV with a new link for each of the batch's invitations in `whose`; links made before die.

    Used ones are left out, but with `everybody` they stand in the file too (still used), so that the file of
    an anonymous questionnaire does not tell who has answered.
    """
    writer = csv.writer(out)
    writer.writerow(LINKS_COLUMNS)
    zone = ZoneInfo(timezone)
    count = 0
    for ids in chunks(iter(_to_issue(batch, whose, everybody))):
        tokens = {number: secrets.token_urlsafe(24) for number in ids}
        for row in _described(ids):
            address = personal_address(base_url, tokens[row.id])
            writer.writerow(neutral_row([*_cells(row, zone), address]))
        changes = [
            {"id": number, "token_hash": hash_of(token), "expires_at": batch.expires_at}
            for number, token in tokens.items()
        ]
        db.session.execute(update(Invitation), changes)
        count += len(ids)
    batch.issued_at = clock.now()
    audit.record(audit.Deed.DOWNLOADED, batch, {"links": count})
    return count


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _cells(row: Any, zone: ZoneInfo) -> list[str]:
    when = row.served_at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    return [row.reference, row.unit, row.service_type, when, row.locale or "", row.tier or ""]


def _to_issue(batch: Batch, whose: ColumnElement[bool], everybody: bool) -> Sequence[uuid.UUID]:
    statement = (
        select(Invitation.id)
        .join(Invitation.service_event)
        .where(Invitation.batch_id == batch.id, whose)
        .order_by(ServiceEvent.served_at, ServiceEvent.reference, Invitation.id)
    )
    return db.session.scalars(statement if everybody else statement.where(Invitation.used_at.is_(None))).all()


def _described(ids: Sequence[uuid.UUID]) -> Sequence[Any]:
    event = ServiceEvent
    return db.session.execute(
        select(Invitation.id, event.reference, Unit.code.label("unit"), event.served_at, event.locale, event.tier,
               ServiceType.code.label("service_type"))
        .join(Invitation.service_event).join(event.unit).join(event.service_type)
        .where(Invitation.id.in_(ids))
        .order_by(event.served_at, event.reference, Invitation.id)
    ).all()  # fmt: skip
