"""The form by which a baseline is frozen."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length, ValidationError

from survey.day_field import Day

MOST = 300  # characters of a reason


class BaselineForm(FlaskForm):
    first_on = Day(_l("From"), [InputRequired(_l("Please give a day."))])
    last_on = Day(_l("To"), [InputRequired(_l("Please give a day."))])
    reason = StringField(
        _l("Why these days"),
        [InputRequired(_l("Please say why.")), Length(max=MOST, message=_l("At most 300 characters."))],
        filters=[lambda text: " ".join((text or "").replace("\x00", "").split())],
        description=_l("Such as: nothing was changed then, and no other action ran."),
    )

    def validate_reason(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError(_l("Please say why."))

    def propose(self, first_on: date, last_on: date) -> None:
        """Days that stand in the form until others are typed."""
        self.first_on.data, self.last_on.data = first_on, last_on
