"""Several rows rated on one scale. Each row is counted by itself, under `question.row`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from flask_babel import lazy_gettext as _l
from pydantic import Field, model_validator

from survey.questions.base import (
    MISSING,
    NA,
    Answer,
    AnswerError,
    Column,
    Form,
    Question,
    Strict,
    Track,
    not_applicable,
)
from survey.questions.options import OptionCode
from survey.questions.problems import refuse_repeats
from survey.questions.scored import Pointed
from survey.questions.texts import Text


class Row(Strict):
    code: OptionCode
    wording: Text


class Matrix(Pointed):
    type: Literal["matrix"] = "matrix"
    called: ClassVar[Any] = _l("Table of ratings")
    rows: Annotated[tuple[Row, ...], Field(min_length=1, max_length=30, strict=False)]
    numeric: ClassVar[bool] = False

    EVERY: ClassVar[Any] = _l("Please answer every line.")

    @model_validator(mode="after")
    def _distinct_rows(self) -> Self:
        refuse_repeats([row.code for row in self.rows], field="rows", key="code")
        return self

    def read(self, form: Form) -> Answer | None:
        """The answers of the rows under `question.row`; if required, of all of them or of none."""
        answers = {}
        for row in self.rows:
            values = [value for value in form.getlist(f"{self.code}.{row.code}") if value != ""]
            if values:
                answers[row.code] = NA if values == [NA] else self.parse(values)
        if self.required and 0 < len(answers) < len(self.rows):
            raise AnswerError(self.EVERY)
        return self.check(answers)

    def check(self, answer: Any) -> Answer:
        if not isinstance(answer, dict) or not answer.keys() <= {row.code for row in self.rows}:
            raise AnswerError(self.UNKNOWN)
        return {row.code: self._cell(answer[row.code]) for row in self.rows if row.code in answer} or None

    def _cell(self, answer: Any) -> Answer:
        return NA if self.not_applicable and answer == NA else super().check(answer)

    def accept(self, answer: Any) -> Answer:
        """ "Not applicable" for the whole question is so for each row."""
        if self.not_applicable and isinstance(answer, str) and answer == NA:
            return {row.code: NA for row in self.rows}
        return self.check(answer)

    def pairs_with(self, other: Question) -> bool:
        rows = [row.code for row in self.rows]
        return (
            super().pairs_with(other) and isinstance(other, Matrix) and rows == [r.code for r in other.rows]
        )

    def may_give(self, value: Any) -> bool:
        return False

    def tracks(self, base: str | None = None) -> list[Track]:
        return [self._track(f"{self.code}.{row.code}", row.wording, base) for row in self.rows]

    def scale_key(self, base: str | None) -> Any:
        """A row is read together with the question above it."""
        return [self.wording.base_text(base), super().scale_key(base)]

    def counts(self, answer: Answer | None) -> Iterable[tuple[str, str]]:
        for row in self.rows:
            yield f"{self.code}.{row.code}", str((answer or {}).get(row.code, MISSING))

    def columns(self) -> list[Column]:
        return [Column(f"{self.code}.{row.code}", row.wording) for row in self.rows]

    def cells(self, answer: Answer | None, locale: str | None) -> list[Any]:
        given = answer or {}
        return [self._exported(given.get(row.code), locale) for row in self.rows]

    def _exported(self, answer: Answer | None, locale: str | None) -> Any:
        return (
            not_applicable(locale) if answer == NA else None if answer is None else self.cell(answer, locale)
        )

    def from_cells(self, cells: Mapping[str, str]) -> Any:
        rows = {name.removeprefix(f"{self.code}."): text for name, text in cells.items()}
        return {row: NA if text == NA else self.parse([text]) for row, text in rows.items()}
