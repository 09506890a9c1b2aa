"""One question of every type, as a definition writes it, and a way to read it."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import TypeAdapter
from werkzeug.datastructures import MultiDict

from survey.questions import AnyQuestion
from survey.questions.base import Answer, Question

TYPES = {
    kind.model_fields["type"].default for kind in get_args(get_args(AnyQuestion)[0])
}  # fails to be complete when a type has no sample below
_ADAPTER: TypeAdapter[Question] = TypeAdapter(AnyQuestion)


def words(text: str) -> dict[str, str]:
    return {"en": text, "zh_Hans": text + "。"}


def points(*values: int) -> list[dict[str, Any]]:
    return [{"value": value, "label": words(f"point {value}")} for value in values]


OPTIONS = [{"code": code, "label": words(code)} for code in ("bus", "car", "foot")]
ROWS = [{"code": code, "wording": words(code)} for code in ("room", "food")]
SAMPLES: dict[str, dict[str, Any]] = {
    "rating": {"points": points(1, 2, 3, 4, 5)},
    "smiley": {"faces": 5},
    "nps": {},
    "effort": {},
    "choice": {"options": OPTIONS},
    "choices": {"options": OPTIONS, "most": 2},
    "matrix": {"rows": ROWS, "points": points(1, 2, 3)},
    "hundred": {},
    "comment": {"most": 200},
    "contact": {},
    "date": {"earliest": "1900-01-01"},
    "number": {"min": -10, "max": 1000, "decimals": 1},
}


def question(type_: str, **given: Any) -> Question:
    base = {"type": type_, "code": "q", "wording": words("How was it?")}
    return _ADAPTER.validate_python(base | SAMPLES[type_] | given)


def sent(type_: str, *values: str, **given: Any) -> Answer | None:
    """What the question reads when a browser sends these values under its code."""
    return question(type_, **given).read(MultiDict([("q", value) for value in values]))


def rows_sent(answers: dict[str, str], **given: Any) -> Answer | None:
    return parts_sent("matrix", answers, **given)


def parts_sent(type_: str, answers: dict[str, str], **given: Any) -> Answer | None:
    form = MultiDict([(f"q.{part}", value) for part, value in answers.items()])
    return question(type_, **given).read(form)
