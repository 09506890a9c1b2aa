"""Show-if: whether a question is asked, decided by earlier answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from survey.questions.problems import Problems, problem

Operator = Literal["is", "is_not", "at_most", "at_least", "answered"]
MOST_PARTS = 20

Parts = Annotated[tuple["Condition", ...], Field(strict=False, max_length=MOST_PARTS)]


class Condition(BaseModel):
    """Either a test of one earlier answer, or `all` / `any` of several conditions.

    A question that was not answered fulfils only `is_not`. "Not applicable" does so too, and fulfils `is`
    where the value is "na" itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    question: str | None = None
    op: Operator = "is"
    value: Any = None  # a number, a text or a list of them
    all: Parts = ()
    any: Parts = ()

    @model_validator(mode="after")
    def _one_form(self) -> Condition:
        if sum([self.question is not None, bool(self.all), bool(self.any)]) != 1:
            raise Problems(problem("condition_form"))
        if self.question is not None:
            self._check_value()
        return self

    def _check_value(self) -> None:
        if self.op in ("at_most", "at_least") and not _is_number(self.value):
            raise Problems(problem("condition_number", "value"))
        if self.op in ("is", "is_not"):
            wanted = self.wanted()
            if not wanted or not all(isinstance(item, str) or _is_number(item) for item in wanted):
                raise Problems(problem("condition_value", "value"))

    def wanted(self) -> list[Any]:
        return self.value if isinstance(self.value, list) else [self.value]

    def holds(self, answers: Mapping[str, Any]) -> bool:
        if self.all:
            return all(condition.holds(answers) for condition in self.all)
        if self.any:
            return any(condition.holds(answers) for condition in self.any)
        return self._test(answers.get(self.question or ""))

    def _test(self, answer: Any) -> bool:
        given = answer if isinstance(answer, list) else [answer]
        matches = any(item in self.wanted() for item in given if item is not None)
        if self.op == "is":
            return matches
        if self.op == "is_not":
            return not matches
        if self.op == "answered":
            return answer is not None and answer != "na"
        if not _is_number(answer):
            return False
        return bool(answer <= self.value if self.op == "at_most" else answer >= self.value)

    def tests(self, *path: str | int) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        """Each test of one question in it, with its path."""
        if self.question is not None:
            yield path, self
        for name, parts in (("all", self.all), ("any", self.any)):
            for index, part in enumerate(parts):
                yield from part.tests(*path, name, index)

    def questions(self) -> Iterator[str]:
        """The codes of the questions that it looks at."""
        for _path, condition in self.tests():
            yield condition.question or ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
