"""Any number of several options; each person is counted once beside the options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from flask_babel import lazy_gettext as _l
from pydantic import Field

from survey.questions.base import ANSWERED, NA, Answer, AnswerError, Column
from survey.questions.options import Optioned


class Choices(Optioned):
    type: Literal["choices"] = "choices"
    called: ClassVar[Any] = _l("Several options")
    single: ClassVar[bool] = False
    most: Annotated[int, Field(ge=1)] | None = None  # options that may be chosen

    BOTH: ClassVar[Any] = _l("Please choose either some of the answers or “not applicable”, not both.")

    def parse(self, values: Sequence[str]) -> Any:
        if self.not_applicable and NA in values:
            raise AnswerError(self.BOTH)
        return list(values)

    def check(self, answer: Any) -> Answer:
        """The chosen codes, in the order of the options; none chosen is no answer."""
        codes = self.value_labels()
        if not isinstance(answer, list) or any(not isinstance(c, str) or c not in codes for c in answer):
            raise AnswerError(self.UNKNOWN)
        chosen = [code for code in codes if code in answer]
        if self.most is not None and len(chosen) > self.most:
            raise AnswerError(_l("Please choose %(most)s at most.", most=self.most))
        return chosen or None

    def may_give(self, value: Any) -> bool:
        return isinstance(value, str) and (value in self.value_labels() or super().may_give(value))

    def values(self, answer: Answer) -> Iterable[str]:
        yield ANSWERED
        yield from answer

    def columns(self) -> list[Column]:
        return [Column(f"{self.code}.{option.code}", option.label) for option in self.options]

    def cells(self, answer: Answer | None, locale: str | None) -> list[Any]:
        """1 and 0 as codes; as words the label of what was chosen, and nothing otherwise."""
        if answer is None or answer == NA:
            return super().cells(answer, locale)
        if locale is None:
            return [int(option.code in answer) for option in self.options]
        return [option.label.say(locale) if option.code in answer else None for option in self.options]

    def from_cells(self, cells: Mapping[str, str]) -> Any:
        if NA in cells.values():
            return NA
        if not set(cells.values()) <= {"0", "1"}:
            raise AnswerError(self.UNKNOWN)
        return [name.removeprefix(f"{self.code}.") for name, text in cells.items() if text == "1"]
