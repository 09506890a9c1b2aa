"""A free text. Its purpose tells the text analysis how to read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, ClassVar, Literal

from flask_babel import lazy_gettext as _l
from pydantic import Field

from survey.questions.base import Answer, AnswerError, Question
from survey.questions.texts import Text

_UNKEPT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

PURPOSES = ("good", "improve", "why", "open")


class CommentQuestion(Question):
    type: Literal["comment"] = "comment"
    called: ClassVar[Any] = _l("Comment")
    purpose: Literal["good", "improve", "why", "open"] = "open"
    not_applicable: Literal[False] = False
    most: Annotated[int, Field(ge=1, le=20000)] = 2000  # characters
    kind: ClassVar[str] = "said"

    def parse(self, values: Sequence[str]) -> Any:
        return super().parse(values).replace("\r\n", "\n").replace("\r", "\n")

    def check(self, answer: Any) -> Answer:
        if not isinstance(answer, str):
            raise AnswerError(self.UNKNOWN)
        text = clean(answer).strip()
        if len(text) > self.most:
            raise AnswerError(_l("Please shorten this to %(most)s characters.", most=self.most))
        return text or None

    def values(self, answer: Answer) -> Iterable[str]:
        """The worker counts the sentiment of the text instead; see survey/pipeline.py."""
        return ()

    def value_labels(self) -> dict[str, Text]:
        return {}


def clean(text: str) -> str:
    """Without control characters (but line breaks and tabs) and lone surrogates, which no database takes alike."""
    return _UNKEPT.sub("", text)
