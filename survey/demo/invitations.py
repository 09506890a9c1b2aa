"""Personal invitations of the demonstration: those behind the responses by text message, and the unanswered."""

from __future__ import annotations

import random
import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from survey.extensions import db
from survey.models import Batch, Invitation, ServiceEvent
from survey.processing import invitation_tallies

ANSWERED_SHARE = 0.37


def invite(rows: list[dict[str, Any]], questionnaire_id: int, at: datetime, seed: int) -> None:
    """One used invitation for each row, and as many unused ones as the share of answers asks for."""
    rng = random.Random(seed)  # noqa: S311 a demonstration, not a secret
    batch = Batch(questionnaire_id=questionnaire_id, label="2025–2026", channel="sms", created_at=at)
    db.session.add(batch)
    db.session.flush()
    events, invitations = [], []
    for number in range(round(len(rows) / ANSWERED_SHARE)):
        used = number < len(rows)
        row = rows[number] if used else rng.choice(rows)
        event, invitation = _pair(row, number, batch.id, used)
        events.append(event)
        invitations.append(invitation)
    db.session.execute(insert(ServiceEvent), events)
    db.session.execute(insert(Invitation), invitations)
    invitation_tallies.count(batch)


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
