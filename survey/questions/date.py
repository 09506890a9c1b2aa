"""A calendar day, stored as YYYY-MM-DD. Only whether it was given is tallied."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, ClassVar, Literal, Self

from flask_babel import lazy_gettext as _l
from pydantic import AfterValidator, model_validator

from survey.questions.base import ANSWERED, Answer, AnswerError, Question
from survey.questions.problems import Problems, problem

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Year first, as people type it where the browser offers no calendar.
_TYPED = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")


def _is_day(text: str) -> bool:
    if not _ISO.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _day(text: str) -> str:
    if not _is_day(text):
        raise Problems(problem("not_a_day"))
    return text


Day = Annotated[str, AfterValidator(_day)]


class DateQuestion(Question):
    type: Literal["date"] = "date"
    called: ClassVar[Any] = _l("Date")
    earliest: Day | None = None
    latest: Day | None = None
    typed: ClassVar[bool] = True

    UNKNOWN: ClassVar[Any] = _l("Please give a date such as 2024-06-30: year, month, day.")

    @model_validator(mode="after")
    def _some_fit(self) -> Self:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise Problems(problem("limits_cross", "latest"))
        return self

    def parse(self, values: Sequence[str]) -> Any:
        found = _TYPED.fullmatch(values[0].strip()) if len(values) == 1 else None
        if not found:
            raise AnswerError(self.UNKNOWN)
        year, month, day = found.groups()
        return f"{year}-{month:0>2}-{day:0>2}"

    def check(self, answer: Any) -> Answer:
        if not isinstance(answer, str) or not _is_day(answer):
            raise AnswerError(self.UNKNOWN)
        if self.earliest and answer < self.earliest:  # text of this form sorts by day
            raise AnswerError(_l("Please give %(earliest)s or a later day.", earliest=self.earliest))
        if self.latest and answer > self.latest:
            raise AnswerError(_l("Please give %(latest)s or an earlier day.", latest=self.latest))
        return answer

    def values(self, answer: Answer) -> Iterable[str]:
        yield ANSWERED
