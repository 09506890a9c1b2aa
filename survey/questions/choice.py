"""One of several options."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from flask_babel import lazy_gettext as _l

from survey.questions.base import Answer, AnswerError, Code, Question
from survey.questions.options import Optioned


class Choice(Optioned):
    type: Literal["choice"] = "choice"
    called: ClassVar[Any] = _l("One option")
    tells: Literal["age_group"] | None = None  # of who answered: units are compared at one mix of it
    absence_of: Code | None = None  # the question on what this one thinks away: a pair after Kano
    pair: ClassVar[str] = "absence_of"
    FEELINGS: ClassVar[int] = 5  # from liking to disliking it

    def pairs_with(self, other: Question) -> bool:
        codes = list(self.value_labels())
        return len(codes) == self.FEELINGS and codes == list(other.value_labels())

    def check(self, answer: Any) -> Answer:
        if not isinstance(answer, str) or answer not in self.value_labels():
            raise AnswerError(self.UNKNOWN)
        return answer
