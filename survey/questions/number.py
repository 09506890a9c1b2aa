"""A number, such as minutes waited. Only whether it was given is tallied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

from flask_babel import lazy_gettext as _l
from pydantic import Field, model_validator

from survey.questions.base import ANSWERED, Answer, AnswerError, Question
from survey.questions.problems import Problems, problem
from survey.questions.typed import number_in

LARGEST = 10**12
Limit = Annotated[int | float, Field(ge=-LARGEST, le=LARGEST)]


class Number(Question):
    type: Literal["number"] = "number"
    called: ClassVar[Any] = _l("Number")
    min: Limit | None = None
    max: Limit | None = None
    decimals: Annotated[int, Field(ge=0, le=6)] = 0
    numeric: ClassVar[bool] = True
    typed: ClassVar[bool] = True

    UNKNOWN: ClassVar[Any] = _l("Please give a number.")

    @model_validator(mode="after")
    def _some_fit(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise Problems(problem("limits_cross", "max"))
        return self

    def parse(self, values: Sequence[str]) -> Any:
        number = number_in(values[0]) if len(values) == 1 else None
        if number is None:
            raise AnswerError(self.UNKNOWN)
        return int(number) if number == int(number) else float(number)

    def check(self, answer: Any) -> Answer:
        """A whole number as int, another as float."""
        if isinstance(answer, bool) or not isinstance(answer, int | float):
            raise AnswerError(self.UNKNOWN)
        if not abs(answer) <= LARGEST:  # so that NaN fails too
            raise AnswerError(self.UNKNOWN)
        self._check_decimals(answer)
        if self.min is not None and answer < self.min:
            raise AnswerError(_l("Please give %(least)s or more.", least=self.min))
        if self.max is not None and answer > self.max:
            raise AnswerError(_l("Please give %(most)s or less.", most=self.max))
        return int(answer) if answer == int(answer) else answer

    def _check_decimals(self, answer: int | float) -> None:
        exponent = Decimal(repr(answer)).normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.decimals:
            if self.decimals:
                raise AnswerError(_l("Please give %(most)s decimals at most.", most=self.decimals))
            raise AnswerError(_l("Please give a whole number."))

    def values(self, answer: Answer) -> Iterable[str]:
        yield ANSWERED
