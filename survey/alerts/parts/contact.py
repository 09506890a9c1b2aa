"""The customer asks to be contacted. Which answer says so is the question type's to know."""

from __future__ import annotations

from typing import Literal

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, String, cast, false, or_

from survey.alerts.parts.base import Part, Reason
from survey.alerts.said import Judged
from survey.models import Response
from survey.questions.definition import Definition


class Contact(Part):
    kind: Literal["contact"] = "contact"

    def judge(self, given: Judged) -> Reason | None:
        return {"kind": self.kind} if given.asks_for_contact else None

    def fits(self, definition: Definition) -> bool:
        return any(question.may_ask_for_contact for question in definition.questions)

    def stored(self, definition: Definition) -> ColumnElement[bool]:
        codes = [question.code for question in definition.questions if question.may_ask_for_contact]
        given = [cast(Response.answers[code].as_string(), String).is_not(None) for code in codes]
        return or_(false(), *given)

    def words(self, definition: Definition | None, locale: str) -> str:
        return _("the customer asks to be contacted")
