"""The first responses as they would be stored, and the first problems, for the person who decides."""

from __future__ import annotations

from typing import Any

from survey.intake.service import Intake, Keyed

FIRST = 20  # responses
PROBLEMS = 20  # rows


class Preview:
    def __init__(self) -> None:
        self.responses: list[dict[str, Any]] = []

    def add(self, batch: list[Keyed], intake: Intake) -> None:
        units, service_types = intake.places.units, intake.places.service_types
        for _key, draft in batch[: FIRST - len(self.responses)]:
            self.responses.append(
                {
                    "day": draft.day.isoformat(),
                    "unit": units.titles[draft.unit],
                    "service_type": service_types.titles[draft.service_type],
                    "channel": draft.channel,
                    "locale": draft.locale,
                    "answers": draft.answers,
                }
            )

    def shown(self, intake: Intake) -> dict[str, Any]:
        """What is kept with the report: plain values only."""
        rejections = sorted(intake.report.rejections.items())[:PROBLEMS]
        return {
            "questionnaire": intake.edition.questionnaire,
            "responses": self.responses,
            "problems": [{"line": line, **why._asdict()} for line, why in rejections],
        }
