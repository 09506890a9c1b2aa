"""The demonstration's actions, targets and a benchmark: one measure that worked, one of which nothing is to be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from survey import clock
from survey.demo import effects
from survey.extensions import db
from survey.models import Action, ActionEvent, ActionUnit, Benchmark, Direction, Happened, Part, Target

_DAYS_BEFORE = 20  # an action is registered so long before its start


@dataclass(frozen=True, slots=True)
class DemoAction:
    title: str
    questionnaire: str
    question: str
    unit: str
    days_ago: int  # of its start; negative: to come
    expected: str
    responsible: str
    beside: tuple[str, ...] = ()


ACTIONS = (
    DemoAction(
        "下班后增开第二个窗口", "power-hall", "speed", "west-hall", 190,
        "排队时间缩短，对办理速度的满意率提高 5 个百分点。", "城西营业厅主任",
    ),
    DemoAction(
        "床旁健康教育（骨科）", "ward-five", "health_talks", effects.IMPROVED_UNIT,
        effects.IMPROVED_DAYS_AGO - 1, "对病情和用药讲解的满意率提高 10 个百分点以上。", "骨科护士长",
    ),
    DemoAction(
        "Talks at the bedside, beside two other wards", "ward-five", "health_talks", effects.IMPROVED_UNIT,
        effects.IMPROVED_DAYS_AGO - 1, "At least ten points more people satisfied with the explanations.",
        "Quality office", ("internal", "surgery"),
    ),
    DemoAction(
        "Signs in large print", "nhs-fft", "fft", "outpatient", -14,
        "A few points more within three months; fewer people ask for the way.", "Head of the outpatient clinic",
    ),
)  # fmt: skip
TARGETS = (("hospital", 85.0), (effects.IMPROVED_UNIT, 80.0))  # explanations in the wards, satisfied people


def improve(ids: Mapping[str, int], questionnaires: Mapping[str, int], last: date) -> None:
    """`ids` of units by "unit:<code>", of questionnaires by code; `last` is the last day with answers."""
    for given in ACTIONS:
        _register(given, ids, questionnaires[given.questionnaire], last - timedelta(days=given.days_ago))
    for unit, value in TARGETS:
        db.session.add(
            Target(
                unit_id=ids[f"unit:{unit}"],
                questionnaire_id=questionnaires["ward-five"],
                question_code="health_talks",
                metric="csat",
                value=value,
                valid_from=date(last.year - 1, 1, 1),
                set_at=clock.now(),
            )
        )
    db.session.add(
        Benchmark(
            code="health_talks", metric="csat", value=82.4, low=80.9, high=83.8, n=2_610,
            source="Invented for this demonstration", measured_on=date(last.year - 1, 12, 31),
            population="Wards of comparable hospitals", imported_at=clock.now(),
        )
    )  # fmt: skip


def _register(given: DemoAction, ids: Mapping[str, int], questionnaire_id: int, start: date) -> None:
    at = datetime.combine(start - timedelta(days=_DAYS_BEFORE), time(9), UTC)
    action = Action(questionnaire_id=questionnaire_id)
    db.session.add(action)
    db.session.flush()
    event = ActionEvent(
        action_id=action.id,
        number=1,
        kind=Happened.REGISTERED,
        at=min(at, clock.now()),
        title=given.title,
        question_code=given.question,
        metric="csat",
        starts_on=start,
        responsible=given.responsible,
        direction=Direction.UP,
        expected=given.expected,
    )
    db.session.add(event)
    db.session.flush()
    parts = [(given.unit, Part.ACTS), *((code, Part.COMPARES) for code in given.beside)]
    for code, part in parts:
        db.session.add(ActionUnit(action_id=action.id, number=1, unit_id=ids[f"unit:{code}"], part=part))
    db.session.flush()
