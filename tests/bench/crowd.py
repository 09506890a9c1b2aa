"""A large organisation: 40 units, 6 service types, 12 ratings and a comment, 18 months, as many responses as wanted.

The responses are written as if the worker had read them (sentiments drawn, not computed) and then counted by
`tallies rebuild`, which is several times faster and gives tallies that `tallies verify` accepts.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, text

from survey import clock
from survey.design.service import publish, save_draft
from survey.extensions import db
from survey.locales import LOCALES
from survey.models import Channel, Comment, Response, Version
from survey.processing import recount
from survey.processing.duplicates import text_hash
from tests import factories

BRANCHES, DEPARTMENTS, SERVICES, ITEMS, DAYS = 4, 36, 6, 12, 548
COMMENTED = 0.3  # of the responses
LABELS = ("negative", "neutral", "positive")
BATCH = 2000

Row = dict[str, Any]


def questionnaire() -> Version:
    rating = factories.document()["sections"][0]["questions"][0]
    comment = factories.document()["sections"][0]["questions"][1]
    ratings = [rating | {"code": f"item{i}", "wording": {"en": f"Item {i}"}} for i in range(1, ITEMS + 1)]
    points = [{"value": v, "label": {"en": f"{v} points"}} for v in range(1, 6)]
    wording = {"wording": {"en": "Why?"}}
    version = save_draft(
        factories.document(
            code="crowd",
            languages=["en"],
            title={"en": "Crowd"},
            privacy={"notice": {"en": "We keep your answers."}},
            sections=[
                {
                    "code": "all",
                    "questions": [*(r | {"points": points} for r in ratings), comment | wording],
                }
            ],
        )
    )
    publish(version)
    return version


def places() -> tuple[list[int], list[int]]:
    """The ids of the departments and of the service types."""
    root = factories.UnitFactory(kind="headquarters")
    branches = [factories.UnitFactory(kind="branch", parent=root) for _ in range(BRANCHES)]
    units = [factories.UnitFactory(parent=branches[i % BRANCHES]) for i in range(DEPARTMENTS)]
    services = [factories.ServiceTypeFactory() for _ in range(SERVICES)]
    return [unit.id for unit in units], [service.id for service in services]


def fill(count: int, seed: int) -> None:
    """Into an empty database. Commits."""
    version = questionnaire()
    units, services = places()
    rng = random.Random(seed)
    last = clock.today("Asia/Shanghai")
    responses: list[Row] = []
    comments: list[Row] = []
    for number in range(count):
        day = last - timedelta(days=rng.randrange(DAYS))
        response = _response(rng, version, rng.choice(units), rng.choice(services), day)
        responses.append(response)
        comments += _comments(rng, version, response, number)
        if len(responses) == BATCH or number == count - 1:
            db.session.execute(insert(Response), responses)
            if comments:
                db.session.execute(insert(Comment), comments)
            responses, comments = [], []
    recount.rebuild()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(
            text("ANALYZE")
        )  # what autovacuum does by itself within a minute; SQLite has nothing alike
    db.session.commit()


def _response(rng: random.Random, version: Version, unit: int, service: int, day: date) -> Row:
    level = unit % 7 / 3
    answers: Row = {
        f"item{i}": min(max(round(3.2 + level / 3 + rng.gauss(0, 1)), 1), 5) for i in range(1, ITEMS + 1)
    }
    identity = uuid.UUID(int=rng.getrandbits(128), version=4)
    at = datetime.combine(day, time(4), UTC)
    return {
        "id": identity,
        "idempotency_key": f"crowd:{identity.hex}",
        "receipt": identity.hex[:14].upper(),
        "questionnaire_id": version.questionnaire_id,
        "version_id": version.id,
        "unit_id": unit,
        "service_type_id": service,
        "channel": rng.choice((Channel.QR, Channel.SMS, Channel.WEB)).value,
        "locale": rng.choice(LOCALES),
        "answers": answers,
        "submitted_at": at,
        "submitted_on": day,
        "processed_at": at,
        "attempts": 1,
    }


def _comments(rng: random.Random, version: Version, response: Row, number: int) -> Iterator[Row]:
    if rng.random() > COMMENTED:
        return
    said = f"Visit {number}: the staff was helpful."
    response["answers"]["why"] = said
    same = ("questionnaire_id", "unit_id", "service_type_id", "channel", "locale", "submitted_on")
    yield {name: response[name] for name in same} | {
        "response_id": response["id"],
        "question_code": "why",
        "series_id": version.series["why"],
        "purpose": "why",
        "text": said,
        "text_hash": text_hash(said),
        "language": "en",
        "label": rng.choice(LABELS),
        "score": 0.0,
        "method": "drawn",
    }
