"""What every condition of a rule is: how it judges a response, what it asks of a questionnaire, how it is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, exists

from survey.alerts.said import Judged
from survey.models import Comment, Response
from survey.questions.base import Strict
from survey.questions.definition import Definition

# What is kept of a condition that held: never a word of what was written.
Reason = Mapping[str, Any]


class Part(Strict):
    kind: str

    def judge(self, given: Judged) -> Reason | None:
        """Why it holds for a response; None where it does not."""
        raise NotImplementedError

    def implies(self, other: Part, definition: Definition | None = None) -> bool:
        """Whether every response for which this holds fulfils the other one too; `definition` names the questions."""
        return self == other

    def fits(self, definition: Definition) -> bool:
        """Whether an answer to this questionnaire can ever fulfil it."""
        raise NotImplementedError

    def stored(self, definition: Definition) -> ColumnElement[bool]:
        """That a stored response may fulfil it: for the database, to read fewer of them. Never too few."""
        raise NotImplementedError

    def words(self, definition: Definition | None, locale: str) -> str:
        """In the language of the page; `definition` names the questions."""
        raise NotImplementedError


def commented(definition: Definition) -> bool:
    return any(question.kind == "said" for question in definition.questions)


def with_comment(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """That a response has such a comment whose text is still there."""
    return exists().where(Comment.response_id == Response.id, Comment.text != "", *which)
