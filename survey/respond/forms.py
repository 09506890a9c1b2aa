"""A questionnaire as a form: one field a question, judged in order, each by the question itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, ValidationError
from wtforms.form import BaseForm
from wtforms.validators import InputRequired

from survey.questions.base import AnswerError, Question
from survey.questions.definition import Definition, Section

CONSENT = "_consent"


class AnswerField(Field):
    """One question. It keeps what was sent; the question says what that means."""

    def __init__(self, question: Question, **given: Any) -> None:
        super().__init__(**given)
        self.question = question

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.sent = formdata

    def pre_validate(self, form: BaseForm) -> None:
        try:
            self.data = self.question.read(self.sent)
        except AnswerError as error:
            raise ValidationError(error.message) from None
        if self.data is None and self.question.required:
            raise ValidationError(self.question.REQUIRED)


class AnswerForm(BaseForm):
    """All questions of a definition. `validate` walks them in order: what is asked depends on the answers so far,
    and answers to what is not asked are dropped."""

    def __init__(self, definition: Definition, sent: MultiDict[str, str]) -> None:
        fields: dict[str, Any] = {q.code: AnswerField(q) for q in definition.questions}
        if definition.privacy.consent:
            needed = InputRequired(_l("Please tick this box, or we may not keep your answers."))
            fields[CONSENT] = BooleanField(validators=[needed])
        super().__init__(fields)
        self.definition = definition
        self.answers: dict[str, Any] = {}
        self.shown: list[Question] = []
        self.process(sent)

    def validate(self, extra_validators: Any = None) -> bool:
        self.answers.clear()
        for question in self.definition.shown(self.answers):  # looks at the answers as they come
            self.shown.append(question)
            field = self[question.code]
            if field.validate(self) and field.data is not None:
                self.answers[question.code] = field.data
        if CONSENT in self._fields:
            self[CONSENT].validate(self)
        return not self.errors

    @property
    def consented(self) -> bool | None:
        """None where nobody was asked."""
        return bool(self[CONSENT].data) if CONSENT in self._fields else None

    def sections(self) -> Iterator[Section]:
        """Those in which something is asked."""
        codes = {question.code for question in self.shown}
        for section in self.definition.sections:
            if any(question.code in codes for question in section.questions):
                yield section
