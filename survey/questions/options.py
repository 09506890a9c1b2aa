"""What single and multiple choice have in common: the options."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, Field, model_validator

from survey.questions.base import ANSWERED, MISSING, NA, Question, Strict
from survey.questions.problems import Problems, problem, refuse_repeats
from survey.questions.texts import Text

RESERVED = (NA, MISSING, ANSWERED)


def _not_reserved(code: str) -> str:
    if code in RESERVED:
        raise Problems(problem("reserved", value=code))
    return code


OptionCode = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$"), AfterValidator(_not_reserved)]


class Option(Strict):
    code: OptionCode
    label: Text


class Optioned(Question):
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=100, strict=False)]
    kind: ClassVar[str] = "chosen"

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        refuse_repeats([option.code for option in self.options], field="options", key="code")
        return self

    def scale_key(self, base: str | None) -> Any:
        return [[option.code, option.label.base_text(base)] for option in self.options]

    def value_labels(self) -> dict[str, Text]:
        return {option.code: option.label for option in self.options}
