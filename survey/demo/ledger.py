"""What the demonstration knows beside its responses: rows left out, delivery reports, begun forms, known totals."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select

from survey.extensions import db
from survey.models import (
    NOWHERE,
    Batch,
    Begun,
    Delivery,
    Fate,
    KnownTotals,
    LeftOut,
    LeftOutFor,
    Margin,
    ServiceType,
    User,
)

GIVEN_UP_SHARE = 0.12  # of those who begin
FATES = {Fate.DELIVERED: 0.94, Fate.BOUNCED: 0.03, Fate.REFUSED: 0.01}
SERVED = (9000, 5200, 2600, 1400, 800, 500, 300)  # persons by service type, in their order


def keep_files(batches: Iterable[tuple[Batch, Sequence[dict[str, Any]]]], rng: random.Random) -> None:
    """What was left out of each batch's file, and what its delivery report said."""
    for batch, invitations in batches:
        found: Counter[tuple[int, int, str]] = Counter(
            {(NOWHERE, NOWHERE, LeftOutFor.UNIT): rng.randint(0, 4)}
        )
        for one in rng.sample(invitations, min(len(invitations), 6)):
            why = rng.choice([LeftOutFor.TWICE, LeftOutFor.WHEN, LeftOutFor.REFERENCE])
            found[one["unit_id"], one["service_type_id"], why] += 1
        batch.given = len(invitations) + found.total()
        rows = [(key, count) for key, count in found.items() if count]
        db.session.add_all(
            LeftOut(batch_id=batch.id, unit_id=unit, service_type_id=service, reason=why, count=count)
            for (unit, service, why), count in rows
        )
        _report(batch.id, invitations, rng)


def _report(batch_id: uuid.UUID, invitations: Sequence[dict[str, Any]], rng: random.Random) -> None:
    fates = rng.choices([*FATES, None], [*FATES.values(), 1 - sum(FATES.values())], k=len(invitations))
    found = Counter(
        (one["unit_id"], one["service_type_id"], fate)
        for one, fate in zip(invitations, fates, strict=True)
        if fate
    )
    db.session.add_all(
        Delivery(batch_id=batch_id, unit_id=unit, service_type_id=service, fate=fate, count=count)
        for (unit, service, fate), count in found.items()
    )


def begin(rows: Iterable[dict[str, Any]], seed: int) -> None:
    """The forms behind the responses, and those that were given up."""
    rng = random.Random(seed)  # noqa: S311 a demonstration, not a secret
    names = ("questionnaire_id", "submitted_on", "unit_id", "service_type_id", "channel")
    found: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        found[tuple(row[name] for name in names)] += 1 + (rng.random() < GIVEN_UP_SHARE)
    columns = ("questionnaire_id", "begun_on", "unit_id", "service_type_id", "channel")
    given = [dict(zip(columns, key, strict=True)) | {"count": count} for key, count in found.items()]
    if given:
        db.session.execute(insert(Begun), given)


def know_totals(questionnaire_id: int, service_type_ids: Iterable[int], as_of: date, at: datetime) -> None:
    """Persons served, by the service types that were asked about."""
    asked = set(service_type_ids)
    types = db.session.scalars(select(ServiceType).order_by(ServiceType.position, ServiceType.code))
    codes = [service.code for service in types if service.id in asked]
    person = db.session.scalars(select(User).order_by(User.email)).first()
    if person is None or len(codes) < 2:
        return
    db.session.add(
        KnownTotals(
            questionnaire_id=questionnaire_id,
            margin=Margin.SERVICE_TYPE,
            totals=dict(zip(codes, SERVED, strict=False)),
            source="HIS, 2026",
            as_of=as_of,
            entered_at=at,
            entered_by=person.id,
        )
    )
