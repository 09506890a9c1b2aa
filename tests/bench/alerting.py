"""The worker with rules switched on: responses read, counted and judged, alerts and cases opened."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from datetime import date
from itertools import islice, product
from typing import Any

from sqlalchemy import func, select

from survey.alerts import service
from survey.alerts.terms import Terms
from survey.extensions import db
from survey.models import Case, Severity, Unit
from survey.processing import sentiment
from tests.bench.installation import installation
from tests.bench.working import Pace, link_to_process, timed_round

RULES = 20
LONG_AGO = date(2020, 1, 1)
WORDS = ("refund", "complaint", "lawyer", "rude", "dirty", "退款", "投诉", "曝光", "態度惡劣", "骯髒")
TOPICS = ("safety", "privacy", "price", "staff", "continuity")


@dataclass(frozen=True, slots=True)
class Judged:
    pace: Pace
    cases: float  # opened, to each response


def measure(engine: str, responses: int, rounds: int) -> Judged:
    with installation(engine):
        link = link_to_process()
        for number, parts in enumerate(islice(_conditions(), RULES)):
            _switch_on(link.unit, number, parts)
        db.session.commit()
        sentiment.load()
        paces = [timed_round(link, number, responses) for number in range(rounds + 1)][1:]
        cases = db.session.scalar(select(func.count()).select_from(Case)) or 0
        db.session.rollback()
    processor, clock = (
        statistics.median(getattr(pace, name) for pace in paces) for name in ("processor", "clock")
    )
    return Judged(Pace(processor, clock), cases / (responses * (rounds + 1)))


def _conditions() -> list[list[dict[str, Any]]]:
    """As organisations have them: a low rating with a negative comment, words, topics, alarming words."""
    low = [[{"kind": "rating", "question": "fft", "worst": 1}, {"kind": "negative"}]]
    words = [[{"kind": "words", "any_of": [word]}] for word in WORDS]
    topics = [
        [{"kind": "negative", "topics": [topic]}, {"kind": "rating", "question": "fft", "worst": worst}]
        for topic, worst in product(TOPICS, (1,))
    ]
    alarms = [[{"kind": "alarm", "any_of": [kind]}] for kind in ("self_harm", "violence", "bribe", "legal")]
    return [*low, *words, *topics, *alarms]


def _switch_on(unit: Unit, number: int, parts: list[dict[str, Any]]) -> None:
    wanted = service.Wanted(
        unit=unit,
        terms=Terms.model_validate({"parts": parts}),
        names={"en": f"Rule {number}"},
        questionnaire=None,
        severity=Severity.ORDINARY,
        valid_from=LONG_AGO,
    )
    service.switch(service.write(wanted, None), True, None)
