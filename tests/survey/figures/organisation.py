"""A small organisation with processed responses, for tests of what is shown of them."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from survey import jobs
from survey.extensions import db
from survey.figures import Filters
from survey.models import Batch, Invitation, Link, Questionnaire, ServiceEvent, ServiceType, Unit
from survey.processing import invitation_tallies
from tests import factories

FIRST = date(2026, 1, 20)


@dataclass
class Organisation:
    """A hospital with two branches of two wards each, and two service types."""

    questionnaire: Questionnaire
    top: Unit
    branches: list[Unit]
    wards: list[Unit]
    services: list[ServiceType]
    links: dict[tuple[int, int, str], Link] = field(default_factory=dict)

    def answer(self, ward: int, service: int, answers: dict[str, Any], times: int = 1, **given: Any) -> None:
        """Stores unprocessed responses."""
        given.setdefault("submitted_on", FIRST)
        channel = given.pop("channel", "web")
        for _ in range(times):
            factories.response(self._link(ward, service, channel), answers, **given)

    def invite(
        self,
        ward: int,
        service: int,
        times: int,
        used: int = 0,
        *,
        channel: str = "sms",
        made_on: date = FIRST,
    ) -> None:
        """Stores a batch of invitations, the first of them used."""
        at = datetime.combine(made_on, time(12), UTC)
        batch = Batch(questionnaire=self.questionnaire, channel=channel, created_at=at)
        where = {"unit_id": self.wards[ward].id, "service_type_id": self.services[service].id}
        db.session.add(batch)
        for number in range(times):
            event = ServiceEvent(reference=uuid.uuid4().hex, served_at=at, **where)
            db.session.add(
                Invitation(
                    token_hash=uuid.uuid4().hex * 2,
                    batch=batch,
                    questionnaire_id=self.questionnaire.id,
                    service_event=event,
                    created_at=at,
                    made_on=made_on,
                    used_at=at if number < used else None,
                    **where,
                )
            )
        invitation_tallies.count(batch)

    def _link(self, ward: int, service: int, channel: str) -> Link:
        where = {"unit": self.wards[ward], "service_type": self.services[service], "channel": channel}
        key = (ward, service, channel)
        if key not in self.links:
            self.links[key] = factories.link(questionnaire=self.questionnaire, **where)
        return self.links[key]

    def filters(self, **given: Any) -> Filters:
        return Filters(
            **{"questionnaire_id": self.questionnaire.id, "first_on": FIRST, "last_on": FIRST} | given
        )


def organisation(**document: Any) -> Organisation:
    top = factories.UnitFactory(code="top", kind="headquarters")
    branches = [factories.UnitFactory(code=f"branch-{i}", kind="branch", parent=top) for i in range(2)]
    wards = [factories.UnitFactory(code=f"ward-{i}", parent=branches[i // 2]) for i in range(4)]
    services = [factories.ServiceTypeFactory(code=f"service-{i}") for i in range(2)]
    return Organisation(factories.published(**document), top, branches, wards, services)


def process() -> None:
    db.session.commit()
    jobs.process_waiting()


def scatter(place: Organisation, many: int, days: int, seed: int = 1) -> None:
    """Many different responses over wards, services, channels, languages and days; processed."""
    chance = random.Random(seed)  # noqa: S311
    for _ in range(many):
        place.answer(
            chance.randrange(4),
            chance.randrange(2),
            {"staff": chance.choice([1, 2, 3, 4, 5, 5, 5, "na"])} if chance.random() < 0.95 else {},
            channel=chance.choice(["web", "qr", "kiosk"]),
            locale=chance.choice(["en", "zh_Hans", "zh_Hant"]),
            submitted_on=FIRST + timedelta(days=chance.randrange(days)),
        )
    process()
