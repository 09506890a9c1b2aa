"""Messages of the world in world.py: a notice for each person, and a program that gets messages."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from survey.extensions import db
from survey.models import Message, User
from survey.outbox import endpoints
from survey.outbox.service import put

WEBHOOK = {"url": "https://hooks.example.org/x", "secret": "whsec_" + "c2VjcmV0" * 4}
FIELDS = {"sender": "Somebody", "link": "http://localhost:8000/"}


def notice(person: User) -> uuid.UUID:
    put("world", person, "test", FIELDS, channels=["in_app"])
    return db.session.scalars(select(Message.id).where(Message.user_id == person.id)).one()


def endpoint() -> uuid.UUID:
    return endpoints.add("webhook", "A program", "en", None, WEBHOOK).id
