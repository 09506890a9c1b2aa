"""A mark from 0 to 100, typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from flask_babel import lazy_gettext as _l

from survey.questions.base import AnswerError
from survey.questions.scored import Scored
from survey.questions.texts import Text
from survey.questions.typed import number_in


class Hundred(Scored):
    type: Literal["hundred"] = "hundred"
    called: ClassVar[Any] = _l("Mark, 0–100")
    low: Text | None = None  # what 0 means
    high: Text | None = None  # what 100 means
    satisfied_from: int | None = 80  # "basically satisfied" in the surveys of Chinese hospitals
    typed: ClassVar[bool] = True
    usual_metric: ClassVar[str] = "mean_100"

    UNKNOWN: ClassVar[Any] = _l("Please give a whole number from 0 to 100.")

    def points(self) -> dict[int, Text | None]:
        return dict.fromkeys(range(101))

    def parse(self, values: Sequence[str]) -> Any:
        number = number_in(values[0]) if len(values) == 1 else None
        if number is None or number != int(number):
            raise AnswerError(self.UNKNOWN)
        return int(number)
