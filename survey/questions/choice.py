"""One of several options."""

from __future__ import annotations

from typing import Any, Literal

from survey.questions.base import Answer, AnswerError
from survey.questions.options import Optioned


class Choice(Optioned):
    type: Literal["choice"] = "choice"

    def check(self, answer: Any) -> Answer:
        if not isinstance(answer, str) or answer not in self.value_labels():
            raise AnswerError(self.UNKNOWN)
        return answer
