"""Personal invitations of the demonstration: those behind the responses by text message, and the unanswered."""

from __future__ import annotations

import random
import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from survey.demo.ledger import keep_files
from survey.extensions import db
from survey.models import Batch, Invitation, ServiceEvent
from survey.processing import invitation_tallies

ANSWERED_SHARE = 0.37


def invite(rows: list[dict[str, Any]], questionnaire_id: int, at: datetime, seed: int) -> None:
    """One used invitation for each row, and as many unused ones as the share of answers asks for."""
    rng = random.Random(seed)  # noqa: S311 a demonstration, not a secret
    batches: dict[str, Batch] = {}
    events, invitations = [], []
    for number in range(round(len(rows) / ANSWERED_SHARE)):
        used = number < len(rows)
        row = rows[number] if used else rng.choice(rows)
        batch = _of_month(batches, row, questionnaire_id, at)
        event, invitation = _pair(row, number, batch.id, used)
        events.append(event)
        invitations.append(invitation)
    db.session.execute(insert(ServiceEvent), events)
    db.session.execute(insert(Invitation), invitations)
    for batch in batches.values():
        invitation_tallies.count(batch)
    mine: dict[uuid.UUID, list[dict[str, Any]]] = {}
    for one in invitations:
        mine.setdefault(one["batch_id"], []).append(one)
    keep_files([(batch, mine[batch.id]) for batch in batches.values()], rng)


def _of_month(batches: dict[str, Batch], row: dict[str, Any], questionnaire_id: int, at: datetime) -> Batch:
    """One file a month, sent on its fifteenth."""
    served_at = row["submitted_at"] - timedelta(days=1)
    label = f"{served_at:%Y-%m}"
    if label not in batches:
        made_at = min(at, served_at.replace(day=15))
        batch = Batch(questionnaire_id=questionnaire_id, label=label, channel="sms", created_at=made_at)
        batch.issued_at, batch.expires_at = made_at, made_at + timedelta(days=60)
        db.session.add(batch)
        db.session.flush()
        batches[label] = batch
    return batches[label]


def _pair(
    row: dict[str, Any], number: int, batch_id: uuid.UUID, used: bool
) -> tuple[dict[str, Any], dict[str, Any]]:
    event_id = uuid.uuid4()
    place = {"unit_id": row["unit_id"], "service_type_id": row["service_type_id"]}
    served_at = row["submitted_at"] - timedelta(days=1)
    event = {
        "id": event_id,
        "reference": f"D{number:06}",
        "served_at": served_at,
        "locale": row["locale"],
    } | place
    invitation = {
        "id": uuid.uuid4(),
        "token_hash": uuid.uuid4().hex * 2,  # of no token: the demonstration's letters were never sent
        "batch_id": batch_id,
        "questionnaire_id": row["questionnaire_id"],
        "service_event_id": event_id,
        "created_at": served_at,
        "made_on": row["submitted_on"] - timedelta(days=1),
        "used_at": served_at if used else None,  # anonymous: used, and no more
    } | place
    return event, invitation
