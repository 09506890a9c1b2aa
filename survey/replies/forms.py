"""The form of a reply."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from survey.day_field import Day
from survey.locales import LOCALES
from survey.replies.service import LONGEST, Words
from survey.unit_fields import UnitField

_TEXT: dict[str, Any] = {"render_kw": {"rows": 3, "maxlength": LONGEST}}


class People(IntegerField):
    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            text = valuelist[0].strip()
            if not (text.isascii() and text.isdigit() and len(text) < 10):
                raise ValueError(_l("Please give a whole number."))
            self.data = int(text)


class ReplyForm(FlaskForm):
    unit = UnitField(_l("Unit"), [DataRequired(_l("Please choose one."))], validate_choice=False)
    said_en = TextAreaField(_l("You said"), [Length(max=4000)], **_TEXT)
    did_en = TextAreaField(_l("We did"), [Length(max=4000)], **_TEXT)
    said_zh_Hans = TextAreaField(_l("You said"), [Length(max=4000)], **_TEXT)
    did_zh_Hans = TextAreaField(_l("We did"), [Length(max=4000)], **_TEXT)
    said_zh_Hant = TextAreaField(_l("You said"), [Length(max=4000)], **_TEXT)
    did_zh_Hant = TextAreaField(_l("We did"), [Length(max=4000)], **_TEXT)
    people = People(
        _l("How many said so"),
        [Optional()],
        description=_l("May stay empty."),
        render_kw={"inputmode": "numeric"},
    )
    done_on = Day(_l("Done on"), [DataRequired(_l("Please fill this in."))])

    def words(self) -> Words:
        if self.done_on.data is None:
            raise ValueError("a form that is valid has a day")
        said, did = (
            {code: self[f"{name}_{code}"].data or "" for code in LOCALES} for name in ("said", "did")
        )
        return Words(said, did, self.people.data, self.done_on.data)

    def pairs(self) -> list[tuple[str, Any, Any]]:
        """Language, and the two fields in it."""
        return [(code, self[f"said_{code}"], self[f"did_{code}"]) for code in LOCALES]
