"""What an administrator types about one person's data, and about how long anything is kept."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from survey.privacy.queries import RECEIPT, REFERENCE

MOST_MONTHS = 600


class FindForm(FlaskForm):
    by = RadioField(
        _l("What does the person give you?"),
        choices=[
            SelectChoice(RECEIPT, _l("The receipt that came after sending")),
            SelectChoice(REFERENCE, _l("The reference of the service (not for anonymous questionnaires)")),
        ],
        default=RECEIPT,
    )
    sought = StringField(
        _l("Receipt or reference"),
        [InputRequired(_l("Please fill this in.")), Length(max=128, message=_l("This is too long."))],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


class EraseForm(FindForm):
    sure = BooleanField(_l("Delete all of it for good"))


def _months(label: Any) -> IntegerField:
    return IntegerField(label, [Optional(), _in_range])


def _in_range(_form: FlaskForm, field: IntegerField) -> None:
    """WTForms' own check fails for numbers that no float holds."""
    if field.data is not None and not 1 <= field.data <= MOST_MONTHS:
        raise ValidationError(str(_l("Number must be between %(min)s and %(max)s.", min=1, max=MOST_MONTHS)))


class KeepForm(FlaskForm):
    responses = _months(_l("Keep responses for so many months"))
    comments = _months(_l("Keep the texts of comments for so many months"))
    sure = BooleanField(_l("I know that this removes for good what is older"))

    def validate_comments(self, field: IntegerField) -> None:
        if field.data and self.responses.data and field.data > self.responses.data:
            raise ValidationError(
                str(_l("Comments go with their response at the latest: choose no more than its months."))
            )
