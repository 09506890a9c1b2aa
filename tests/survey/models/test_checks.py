"""The database refuses what no part of the program should ever write, on each engine."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from analysis.sentiment.types import Label
from survey import clock, jobs
from survey.extensions import db
from survey.models import Invitation, ServiceEvent, Upload
from survey.models.checks import LABELS
from survey.models.invitation import Batch
from survey.processing import invitation_tallies
from tests import factories

NEVER = {
    "response": (
        "channel = 'pigeon'",
        "channel = ''",
        "locale = 'fr'",
        "seconds = -1",
        "attempts = -1",
        "submitted_on = NULL",
        "submitted_at = NULL",
        "receipt = '0123456789ABCDEFG'",
        "idempotency_key = NULL",
    ),
    "comment": ("score = 1.01", "score = -1.01", "label = 'angry'", "text_hash = 'abc'", "locale = ''"),
    "tally": ("count = -1", "grain = 'year'", "channel = 'pigeon'", "locale = 'fr'", "count = NULL"),
    "invitation_tally": ("sent = -1", "used = -1", "grain = 'week'", "channel = 'pigeon'"),
    "user_account": ("role = 'root'", "role = ''", "locale = 'xx'"),
    "questionnaire_version": ("status = 'lost'", "checksum = 'short'", "number = 0"),
    "link": ("channel = 'pigeon'", "locale = 'fr'", "code = '01234567890123456'"),
    "invitation": ("token_hash = 'a token in clear'",),
    "unit": ("kind = 'planet'",),
    "service_event": ("locale = 'fr'",),
}
CASES = [(table, change) for table, changes in NEVER.items() for change in changes]


@pytest.fixture
def filled(any_app: Flask) -> Iterator[Flask]:
    """A row in each of the tables."""
    link = factories.link()
    factories.response(link, {"staff": 4, "why": "Friendly and quick."})
    factories.UserFactory()
    same = {"unit_id": link.unit_id, "service_type_id": link.service_type_id}
    event = ServiceEvent(reference="a", served_at=clock.now(), **same)
    batch = Batch(questionnaire=link.questionnaire, channel="sms", created_at=clock.now())
    db.session.add_all([event, batch])
    db.session.flush()
    made = Invitation(
        token_hash="0" * 64,
        batch=batch,
        questionnaire_id=link.questionnaire_id,
        service_event=event,
        created_at=clock.now(),
        made_on=clock.today("UTC"),
        **same,
    )
    db.session.add(made)
    invitation_tallies.count(batch)
    db.session.commit()
    jobs.process_waiting()
    yield any_app


def test_every_value_outside_the_known_ones_is_refused(filled: Flask) -> None:
    for table, change in CASES:
        with pytest.raises(DBAPIError):
            db.session.execute(text(f"UPDATE {table} SET {change}"))
            pytest.fail(f"{table} took {change}")
        db.session.rollback()


def test_a_name_longer_than_its_column_is_refused(any_app: Flask) -> None:
    given = {"id": uuid.uuid4(), "purpose": "x", "options": {}, "content": b"", "created_at": clock.now()}
    db.session.execute(insert(Upload), [given | {"name": "n" * 255}])
    with pytest.raises(DBAPIError):
        db.session.execute(insert(Upload), [given | {"id": uuid.uuid4(), "name": "n" * 256}])
    db.session.rollback()


def test_the_known_sentiments_are_those_of_the_analysis() -> None:
    assert set(LABELS) == set(Label)
