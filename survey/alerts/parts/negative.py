"""A negative comment; with topics or words, one that speaks of them."""

from __future__ import annotations

from typing import Annotated, Literal

from flask_babel import gettext as _
from pydantic import Field
from sqlalchemy import ColumnElement

from analysis.alarms.keywords import mentions
from survey.alerts.parts.base import Part, Reason, commented, with_comment
from survey.alerts.parts.listed import MOST_WORDS, Word, joined
from survey.alerts.said import NEGATIVE, Judged, Remark
from survey.models import Comment
from survey.names import topic_name
from survey.questions.definition import Definition


class Negative(Part):
    kind: Literal["negative"] = "negative"
    topics: Annotated[tuple[str, ...], Field(max_length=60, strict=False)] = ()
    about: Annotated[tuple[Word, ...], Field(max_length=MOST_WORDS, strict=False)] = ()  # keywords

    def judge(self, given: Judged) -> Reason | None:
        if not any(self._holds(comment) for comment in given.comments):
            return None
        return {"kind": self.kind}

    def _holds(self, comment: Remark) -> bool:
        negative = comment.label == NEGATIVE
        if not self.topics and not self.about:
            return negative
        if any(comment.topics.get(topic) == NEGATIVE for topic in self.topics):
            return True
        if not negative:
            return False
        return any(topic in comment.topics for topic in self.topics) or mentions(self.about, comment.folded)

    def implies(self, other: Part, definition: Definition | None = None) -> bool:
        if not isinstance(other, Negative):
            return False
        if not other.topics and not other.about:
            return not self.topics  # what is said of a topic may be negative in a comment that is not
        narrower = set(self.topics) <= set(other.topics) and set(self.about) <= set(other.about)
        return bool(self.topics or self.about) and narrower

    def fits(self, definition: Definition) -> bool:
        return commented(definition)

    def stored(self, definition: Definition) -> ColumnElement[bool]:
        return with_comment() if self.topics else with_comment(Comment.label == NEGATIVE)

    def words(self, definition: Definition | None, locale: str) -> str:
        what = [*(topic_name(topic, locale) for topic in self.topics), *(f"“{one}”" for one in self.about)]
        if not what:
            return _("a negative comment")
        return _("a negative comment about %(what)s", what=joined(what, locale))
