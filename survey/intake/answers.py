"""The answers in one row, read and checked by the questions themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from survey.cells import original
from survey.errors import Invalid
from survey.intake.maps import ImportMap, Rating
from survey.intake.report import Rejection
from survey.intake.tables import Cell
from survey.intake.wording import tidy
from survey.questions.base import NA, AnswerError, Question
from survey.questions.definition import Definition

Answers = dict[str, Any]
LONGEST_SHOWN = 80  # characters of a refused value in the report


class Refused(Exception):
    """Why a row cannot be used."""

    def __init__(self, reason: str, column: str = "", value: object = "") -> None:
        self.why = Rejection(reason, column, str(value)[:LONGEST_SHOWN])
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Target:
    """A rating's way from a cell to a question, or to one of the several columns that a question has."""

    question: Question
    path: str
    rating: Rating
    place: int

    @property
    def whole(self) -> bool:
        return self.path not in {column.name for column in self.question.columns()}


class AnswerReader:
    """Reads what the map's `ratings`, `comments` and `comment_rows` name. Raises Invalid for a wrong map."""

    def __init__(self, map_: ImportMap, definition: Definition, header: Sequence[str]) -> None:
        self.definition, self.header = definition, header
        self.neutralised = map_.file.neutralised
        self.no_answer = frozenset({"", *map_.no_answer})
        place = {name: i for i, name in enumerate(header)}
        self.ratings = [self._target(path, rating, place) for path, rating in map_.ratings.items()]
        self.comments = [
            (self._question(f"comments.{path}", path), place[comment.column])
            for path, comment in map_.comments.items()
        ]
        self.rows = [
            (place[rows.question], place[rows.answer], self._spellings(i, rows.questions, rows.ignore))
            for i, rows in enumerate(map_.comment_rows, 1)
        ]

    def _question(self, where: str, path: str) -> Question:
        question = self.definition.by_code.get(path.partition(".")[0])
        if question is None or path not in {question.code, *(column.name for column in question.columns())}:
            message = _l(
                "The map is wrong at %(where)s: the questionnaire has no such question.", where=where
            )
            raise Invalid(message, "map")
        return question

    def _target(self, path: str, rating: Rating, place: Mapping[str, int]) -> Target:
        where = f"ratings.{path}"
        question = self._question(where, path)
        if rating.not_applicable and not question.not_applicable:
            where += ".not_applicable"
            message = _l(
                "The map is wrong at %(where)s: the question does not know “not applicable”.", where=where
            )
            raise Invalid(message, "map")
        return Target(question, path, rating, place[rating.column])

    def _spellings(
        self, number: int, questions: Mapping[str, Sequence[str]], ignore: Sequence[str]
    ) -> dict[str, Question | None]:
        found: dict[str, Question | None] = dict.fromkeys(ignore)
        for path, spellings in questions.items():
            question = self._question(f"comment_rows.{number}.questions.{path}", path)
            found.update(dict.fromkeys(spellings, question))
        return found

    def read(self, cells: Sequence[Cell]) -> Answers:
        """Question code -> answer, as it may be stored. Raises Refused."""
        answers = self._rated(cells)
        for question, place in self.comments:
            self._comment(answers, question, cells, place)
        for asked, answered, spellings in self.rows:
            text = tidy(str(cells[asked]))
            if text not in spellings:
                raise Refused("unknown_question", self.header[asked], text)
            found = spellings[text]
            if found is not None:
                self._comment(answers, found, cells, answered)
        return answers

    def _rated(self, cells: Sequence[Cell]) -> Answers:
        answers: Answers = {}
        parts: dict[str, dict[str, str]] = defaultdict(dict)
        for target in self.ratings:
            text = tidy(str(cells[target.place]))
            if text in self.no_answer or text in target.rating.empty:
                continue
            try:
                if target.whole:
                    self._keep(answers, target.question, self._whole(target, text))
                else:
                    code = parts[target.question.code]
                    code[target.path] = self._code(target.rating, text)
                    answers[target.question.code] = self._accepted(target.question, code)
            except AnswerError:
                raise Refused("bad_answer", self.header[target.place], text) from None
        return {code: answer for code, answer in answers.items() if answer is not None}

    def _accepted(self, question: Question, cells: Mapping[str, str]) -> Any:
        return question.accept(question.from_cells(cells))

    def _whole(self, target: Target, text: str) -> Any:
        """Several choices in one cell."""
        rating = target.rating
        texts = text.split(rating.separator) if rating.separator else [text]
        codes = [self._code(rating, tidy(part)) for part in texts if tidy(part)]
        return target.question.accept(NA if codes == [NA] else target.question.parse(codes))

    def _code(self, rating: Rating, text: str) -> str:
        """The code of what the file says. A map that recodes has to name every value."""
        if text in rating.not_applicable:
            return NA
        if not rating.recode:
            return text
        if text not in rating.recode:
            raise AnswerError(text)
        return rating.recode[text]

    def _comment(self, answers: Answers, question: Question, cells: Sequence[Cell], place: int) -> None:
        text = str(cells[place])
        if tidy(text) in self.no_answer:
            return
        text = original(text) if self.neutralised else text
        try:
            self._keep(answers, question, question.accept(question.parse([text])))
        except AnswerError:
            raise Refused("bad_answer", self.header[place], text) from None

    def _keep(self, answers: Answers, question: Question, answer: Any) -> None:
        if answer is not None and answers.setdefault(question.code, answer) != answer:
            raise Refused("rows_disagree", question.code, answer)
