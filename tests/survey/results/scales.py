"""Questionnaires of several scales, and persons who answer them, for the pages on what matters and on quality."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from tests import factories
from tests.survey.figures.organisation import Organisation

POINTS = [{"value": value, "label": {"en": f"{value} points"}} for value in range(1, 6)]
FEELINGS = [{"code": code, "label": {"en": code}} for code in ("like", "must", "neutral", "live", "dislike")]
NPS = {"type": "nps", "code": "recommend", "wording": {"en": "Would you recommend us?"}}
Answers = dict[str, Any]


def rating(code: str, **more: Any) -> dict[str, Any]:
    wording = {"en": f"How was the {code}?"}
    return {
        "type": "rating",
        "code": code,
        "wording": wording,
        "points": POINTS,
        "not_applicable": True,
    } | more


def choice(code: str, **more: Any) -> dict[str, Any]:
    return {"type": "choice", "code": code, "wording": {"en": f"And {code}?"}, "options": FEELINGS} | more


def document(*questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    section = {"code": "all", "questions": list(questions)}
    return factories.document(languages=["en"], sections=[section]) | more


def driven(
    n: int, driver: str = "speed", others: Sequence[str] = ("room", "staff"), seed: int = 1
) -> list[Answers]:
    """Persons whose recommendation and overall rating hang on the driver, which is rated worst."""
    chance = random.Random(seed)  # noqa: S311
    rows = []
    for _ in range(n):
        mood, speed = chance.gauss(0, 0.6), chance.gauss(0, 1)
        row = {code: _point(3.9 + mood + chance.gauss(0, 0.7)) for code in others}
        row[driver] = _point(2.6 + mood + speed)
        row["overall"] = _point(3.3 + mood + speed + chance.gauss(0, 0.4))
        row["recommend"] = max(0, min(10, round(6 + 2 * mood + 2.4 * speed + chance.gauss(0, 1))))
        rows.append(row)
    return rows


def _point(value: float) -> int:
    return max(1, min(5, round(value)))


def answered(place: Organisation, rows: Sequence[Answers], ward: int = 0, **given: Any) -> None:
    for row in rows:
        place.answer(ward, 0, row, **given)
