"""The rows of drawn responses, comments and invitations, as `loading.load` takes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np

from survey.models.searching import RANDOM_BITS, place_on, stored
from survey.processing.searching import words_of
from survey.processing.words import text_hash
from tests.bench.crowd_draw import CODES, LABELS, Crowd, Drawn

RESPONSE = (
    "id", "idempotency_key", "receipt", "questionnaire_id", "version_id", "unit_id", "service_type_id",
    "channel", "locale", "answers", "submitted_at", "submitted_on", "processed_at", "attempts",
)  # fmt: skip
COMMENT = (
    "response_id", "question_code", "series_id", "questionnaire_id", "unit_id", "service_type_id", "channel",
    "locale", "submitted_on", "purpose", "text", "text_hash", "language", "label", "score", "method", "place", "words",
)  # fmt: skip
EVENT = ("id", "reference", "unit_id", "service_type_id", "served_at")
INVITATION = (
    "id", "token_hash", "batch_id", "questionnaire_id", "service_event_id", "unit_id", "service_type_id",
    "created_at", "made_on", "used_at",
)  # fmt: skip
HELPFUL = "Visit {}: the staff was helpful."
COPIED = 256  # places from one to the next, for copies
ORIGINAL = "00"  # where copies have their mark
NOON = "04:00:00.000000+00:00"  # UTC; in China

Row = tuple[Any, ...]


def identity(number: int, rng: np.random.Generator, count: int) -> str:
    """Random but for its beginning, which rises: so that a database appends to its keys. The end is that of no copy."""
    return f"{number * (2**32 // count):08x}{rng.bytes(11).hex()}{ORIGINAL}"


def responses(crowd: Crowd, drawn: Drawn, ids: list[str], zone: bool) -> Iterator[Row]:
    """`zone` says whether instants are written with their zone (PostgreSQL) or without (SQLite)."""
    answers = json.dumps(dict.fromkeys(CODES, 0)).replace(": 0", ": %d")
    commented = answers[:-1] + ', "why": "' + HELPFUL + '"}'
    at = [f"{day} {NOON if zone else NOON[:-6]}" for day in crowd.days]
    version = crowd.version
    for n, (id_, place, label, items) in enumerate(
        zip(ids, drawn.places.tolist(), drawn.labels.tolist(), map(tuple, drawn.items.tolist()), strict=True)
    ):
        channel, locale, service, day, unit = place
        text = answers % items if label < 0 else (commented % items).replace("{}", str(drawn.first + n))
        yield (
            id_, f"crowd:{id_}", id_[:14].upper(), version.questionnaire_id, version.id, crowd.units[unit],
            crowd.services[service], crowd.channels[channel], crowd.locales[locale], text, at[day],
            crowd.days[day], at[day], 1,
        )  # fmt: skip


def comments(crowd: Crowd, drawn: Drawn, ids: list[str], dialect: str) -> Iterator[Row]:
    version = crowd.version
    days = [place_on(date.fromisoformat(day)) >> RANDOM_BITS << RANDOM_BITS for day in crowd.days]
    series = version.series["why"]
    for n, label in enumerate(drawn.labels.tolist()):
        if label < 0:
            continue
        channel, locale, service, day, unit = drawn.places[n].tolist()
        said = HELPFUL.format(drawn.first + n)
        yield (
            ids[n], "why", series, version.questionnaire_id, crowd.units[unit], crowd.services[service],
            crowd.channels[channel], crowd.locales[locale], crowd.days[day], "why", said, text_hash(said),
            "en", LABELS[label], 0.0, "drawn", days[day] + int(ids[n][:8], 16) * COPIED,
            stored(words_of(said, crowd.units[unit]), dialect),
        )  # fmt: skip


def events(crowd: Crowd, count: int, zone: bool, rng: np.random.Generator) -> Iterator[tuple[Row, Row]]:
    """A service event and its invitation, of which two in five were used; anonymous: when is not known."""
    version, hour = crowd.version, NOON if zone else NOON[:-6]
    drawn = [rng.integers(len(of), size=count).tolist() for of in (crowd.days, crowd.units, crowd.services)]
    used = (rng.random(count) < 0.4).tolist()
    for n, (day, unit, service) in enumerate(zip(*drawn, strict=True)):
        event, invitation = identity(n, rng, count), identity(n, rng, count)
        at = f"{crowd.days[day]} {hour}"
        place = crowd.units[unit], crowd.services[service]
        token = hashlib.sha256(invitation.encode()).hexdigest()[:-2] + ORIGINAL
        yield (
            (event, f"event {n}", *place, at),
            (
                invitation,
                token,
                crowd.batch,
                version.questionnaire_id,
                event,
                *place,
                at,
                crowd.days[day],
                at if used[n] else None,
            ),
        )
