"""A questionnaire as a form: every question judged in order, each by the question itself.

Not a WTForms form: its fields would be made anew for every submission, which took a tenth of its time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from survey.questions.base import AnswerError, Question
from survey.questions.definition import Definition, Section

CONSENT = "_consent"
_CONSENT_NEEDED = _l("Please tick this box, or we may not keep your answers.")


class AnswerForm:
    """All questions of a definition, walked in order: what is asked depends on the answers so far,
    and answers to what is not asked are dropped."""

    def __init__(self, definition: Definition, sent: MultiDict[str, str]) -> None:
        self.definition = definition
        self.answers: dict[str, Any] = {}
        self.shown: list[Question] = []
        self.errors: dict[str, Any] = {}
        for question in definition.shown(self.answers):  # looks at the answers as they come
            self.shown.append(question)
            self._read(question, sent)
        self.consented = self._consent(sent) if definition.privacy.consent else None

    def _read(self, question: Question, sent: MultiDict[str, str]) -> None:
        try:
            answer = question.read(sent)
        except AnswerError as error:
            self.errors[question.code] = error.message
            return
        if answer is not None:
            self.answers[question.code] = answer
        elif question.required:
            self.errors[question.code] = question.REQUIRED

    def _consent(self, sent: MultiDict[str, str]) -> bool:
        given = sent.get(CONSENT, "").strip() not in ("", "false")
        if not given:
            self.errors[CONSENT] = _CONSENT_NEEDED
        return given

    def sections(self) -> Iterator[Section]:
        """Those in which something is asked."""
        codes = {question.code for question in self.shown}
        for section in self.definition.sections:
            if any(question.code in codes for question in section.questions):
                yield section
