"""A parcel as the outbox would make it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from survey.channels.base import Letter, Parcel


def parcel(**given: Any) -> Parcel:
    made: dict[str, Any] = {
        "id": uuid.UUID(int=5),
        "message_id": "<5@hospital.example>",
        "template": "test",
        "fields": {"sender": "李伟", "link": "https://survey.example/x"},
        "locale": "en",
        "created_at": datetime(2026, 5, 4, 10, tzinfo=UTC),
        "letter": Letter("Subject", 'First line <at user_id="all">\nSecond line', "<p>First</p>"),
    }
    return Parcel(**(made | given))
