"""The demonstration's responses, as rows for a bulk insert: seeded, so that the same seed makes the same."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from survey.demo import effects
from survey.demo.answers import Customer
from survey.demo.organisation import SERVICES, UNITS, DemoUnit
from survey.demo.phrases import ALARMING, CALL_ME, RISING, STUFFED
from survey.models import Version
from survey.questions.definition import definition_of

HOSPITAL_TOPICS = ("staff", "waiting", "environment", "information", "outcome")
POWER_TOPICS = ("staff", "waiting", "information", "price", "outcome")
LOCALES = ("zh_Hans",) * 16 + ("zh_Hant",) * 2 + ("en",) * 2
CHANNELS = {
    "ward-five": ("sms",) * 5 + ("qr",) * 4 + ("paper",),
    "nhs-fft": ("qr",) * 6 + ("kiosk",) * 2 + ("wechat",) * 2,
    "power-hall": ("kiosk",) * 5 + ("qr",) * 3 + ("web",) * 2,
    "rater-gap": ("web",) * 6 + ("wechat",) * 4,
}
SERVICE_LEVEL = {service.code: service.level for service in SERVICES}


def _receipt(identity: uuid.UUID) -> str:
    """As the page of thanks writes it: three groups of four, so that it can be typed in."""
    letters = identity.hex.upper()
    return "-".join(letters[i : i + 4] for i in (0, 4, 8))


class Maker:
    def __init__(
        self, seed: int, last: date, timezone: str, versions: dict[str, Version], ids: dict[str, int]
    ):
        self.rng = random.Random(seed)  # noqa: S311 a demonstration, not a secret
        self.last = last
        self.zone = ZoneInfo(timezone)
        self.versions = versions
        self.ids = ids  # "unit:<code>", "service:<code>" -> id

    def rows(self, wanted: int) -> Iterator[dict[str, Any]]:
        total = sum(unit.share for unit in UNITS)
        for unit in UNITS:
            for _ in range(round(wanted * unit.share / total)):
                day = self.last - timedelta(days=self.rng.randrange(effects.DAYS))
                yield self._row(unit, day)
        yield from self._stuffed()
        yield from self._alarming()
        yield from self._rising()

    def _row(
        self, unit: DemoUnit, day: date, level: float | None = None, locale: str | None = None
    ) -> dict[str, Any]:
        version = self.versions[unit.questionnaire]
        service = self.rng.choice(unit.services)
        base = unit.level + SERVICE_LEVEL[service] + self.rng.gauss(0, 0.85) if level is None else level
        locale = locale or self.rng.choice(LOCALES)
        topics = POWER_TOPICS if unit.parent == "power" else HOSPITAL_TOPICS
        waiting = self.rng.gauss(0, 0.9) if unit.questionnaire == effects.DRIVER_QUESTIONNAIRE else 0.0
        customer = Customer(
            self.rng,
            lambda code: (
                effects.opinion(unit.questionnaire, code, base, waiting)
                + effects.opinion_shift(unit.code, code, day, self.last)
            ),
            locale,
            topics,
            unit.complaints,
        )
        local = datetime.combine(day, time(8), self.zone) + timedelta(minutes=self.rng.randrange(12 * 60))
        return self._stored(unit, service, version, locale, customer.answer(definition_of(version)), local)

    def _stored(
        self,
        unit: DemoUnit,
        service: str,
        version: Version,
        locale: str,
        answers: dict[str, Any],
        local: datetime,
    ) -> dict[str, Any]:
        identity = uuid.UUID(int=self.rng.getrandbits(128), version=4)
        midnight = datetime.combine(local.date(), time(0), self.zone)
        anonymous = definition_of(version).privacy.anonymous
        return {
            "id": identity,
            "idempotency_key": f"demo:{identity.hex}",
            "receipt": _receipt(identity),
            "questionnaire_id": version.questionnaire_id,
            "version_id": version.id,
            "unit_id": self.ids[f"unit:{unit.code}"],
            "service_type_id": self.ids[f"service:{service}"],
            "channel": self.rng.choice(CHANNELS[unit.questionnaire]),
            "locale": locale,
            "answers": answers,
            "seconds": int(self.rng.lognormvariate(4.2, 0.5)) + 8,
            "submitted_at": (midnight if anonymous else local).astimezone(UTC),
            "submitted_on": local.date(),
            "attempts": 0,
        }

    def _stuffed(self) -> Iterator[dict[str, Any]]:
        """One week in which somebody sent full marks by the dozen."""
        unit = next(unit for unit in UNITS if unit.code == effects.STUFFED_UNIT)
        for _ in range(effects.STUFFED_RESPONSES):
            day = self.last - timedelta(days=effects.STUFFED_DAYS_AGO - self.rng.randrange(7))
            row = self._row(unit, day, level=6, locale="zh_Hans")
            version = self.versions[unit.questionnaire]
            said = [q.code for q in definition_of(version).shown(row["answers"]) if q.kind == "said"]
            yield row | {
                "seconds": effects.STUFFED_SECONDS,
                "answers": {code: a for code, a in row["answers"].items() if code not in said}
                | {said[0]: STUFFED},
            }

    def _alarming(self) -> Iterator[dict[str, Any]]:
        for number, (locale, code, text) in enumerate(ALARMING):
            unit = next(unit for unit in UNITS if unit.code == code)
            row = self._row(unit, self.last - timedelta(days=3 + 4 * number), level=-3, locale=locale)
            version = self.versions[unit.questionnaire]
            said = [q.code for q in definition_of(version).shown(row["answers"]) if q.kind == "said"]
            reach = {q.code: CALL_ME for q in definition_of(version).questions if q.asks_for_contact(CALL_ME)}
            yield row | {"answers": row["answers"] | {said[-1]: text} | (reach if number % 2 else {})}

    def _rising(self) -> Iterator[dict[str, Any]]:
        """What people have begun to speak of."""
        unit = next(unit for unit in UNITS if unit.code == effects.RISING_UNIT)
        for number in range(effects.RISING_RESPONSES):
            day = self.last - timedelta(days=self.rng.randrange(effects.RISING_DAYS))
            row = self._row(unit, day, level=-0.5, locale="zh_Hans")
            version = self.versions[unit.questionnaire]
            said = [q.code for q in definition_of(version).shown(row["answers"]) if q.kind == "said"]
            yield row | {"answers": row["answers"] | {said[-1]: RISING[number % len(RISING)]}}
