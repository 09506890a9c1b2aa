"""One of the organisation's own words in a comment, whatever its sentiment."""

from __future__ import annotations

from typing import Annotated, Literal

from flask_babel import gettext as _
from pydantic import Field
from sqlalchemy import ColumnElement

from analysis.alarms.keywords import mentions
from survey.alerts.parts.base import Part, Reason, commented, with_comment
from survey.alerts.parts.listed import MOST_WORDS, Word, joined
from survey.alerts.said import Judged
from survey.questions.definition import Definition


class Words(Part):
    kind: Literal["words"] = "words"
    any_of: Annotated[tuple[Word, ...], Field(min_length=1, max_length=MOST_WORDS, strict=False)]

    def judge(self, given: Judged) -> Reason | None:
        if any(mentions(self.any_of, comment.folded) for comment in given.comments):
            return {"kind": self.kind}
        return None

    def implies(self, other: Part, definition: Definition | None = None) -> bool:
        return isinstance(other, Words) and set(self.any_of) <= set(other.any_of)

    def fits(self, definition: Definition) -> bool:
        return commented(definition)

    def stored(self, definition: Definition) -> ColumnElement[bool]:
        return with_comment()

    def words(self, definition: Definition | None, locale: str) -> str:
        return _("a comment with the word %(words)s", words=joined([f"“{w}”" for w in self.any_of], locale))
