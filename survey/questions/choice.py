"""One of several options."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from flask_babel import lazy_gettext as _l

from survey.questions.base import Answer, AnswerError
from survey.questions.options import Optioned


class Choice(Optioned):
    type: Literal["choice"] = "choice"
    called: ClassVar[Any] = _l("One option")

    def check(self, answer: Any) -> Answer:
        if not isinstance(answer, str) or answer not in self.value_labels():
            raise AnswerError(self.UNKNOWN)
        return answer
