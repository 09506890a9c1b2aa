"""Alarming words in a comment: self-harm, violence, money asked for … see docs/masking.md."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import Field
from sqlalchemy import ColumnElement

from analysis.alarms import Alarming
from survey.alerts.parts.base import Part, Reason, commented, with_comment
from survey.alerts.parts.listed import joined
from survey.alerts.said import Judged
from survey.questions.definition import Definition

NAMES: dict[Alarming, Any] = {
    Alarming.SELF_HARM: _l("self-harm"),
    Alarming.VIOLENCE: _l("violence or threats"),
    Alarming.ABUSE: _l("abuse or neglect"),
    Alarming.SAFETY: _l("danger to somebody’s safety"),
    Alarming.BRIBE: _l("money or gifts asked for"),
    Alarming.LEGAL: _l("lawyers, authorities or the press"),
    Alarming.DIGNITY: _l("lost dignity or discrimination"),
}


class Alarm(Part):
    kind: Literal["alarm"] = "alarm"
    any_of: Annotated[
        tuple[Annotated[Alarming, Field(strict=False)], ...], Field(min_length=1, max_length=20, strict=False)
    ]

    def judge(self, given: Judged) -> Reason | None:
        found = sorted({kind for comment in given.comments for kind in comment.alarming} & set(self.any_of))
        return {"kind": self.kind, "alarms": found} if found else None

    def implies(self, other: Part, definition: Definition | None = None) -> bool:
        return isinstance(other, Alarm) and set(self.any_of) <= set(other.any_of)

    def fits(self, definition: Definition) -> bool:
        return commented(definition)

    def stored(self, definition: Definition) -> ColumnElement[bool]:
        return with_comment()

    def words(self, definition: Definition | None, locale: str) -> str:
        return _("a comment about %(what)s", what=joined([str(NAMES[kind]) for kind in self.any_of], locale))
