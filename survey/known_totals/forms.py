"""The form for known totals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from survey.models import Margin

NAMES = {
    Margin.SERVICE_TYPE: _l("Service type"),
    Margin.CHANNEL: _l("Channel"),
    Margin.LOCALE: _l("Language of the page"),
    Margin.UNIT: _l("Unit"),
}
EARLIEST = date(2000, 1, 1)
LONGEST = 200_000  # characters of a pasted table


class TotalsForm(FlaskForm):
    margin = SelectField(_l("Totals by"), [InputRequired(_l("Please choose from the list."))])
    totals = TextAreaField(
        _l("Totals"),
        [Length(max=LONGEST, message=_l("This is too long."))],
        description=_l(
            "One line each: the code and how many persons were served. Two columns of a spreadsheet can be pasted."
        ),
    )
    source = StringField(
        _l("Source"),
        [
            InputRequired(_l("Please say from where the totals are known.")),
            Length(max=300, message=_l("At most 300 characters.")),
        ],
        filters=[lambda text: " ".join((text or "").replace("\x00", "").split())],
        description=_l("Such as: hospital information system, discharges of 2026."),
    )
    as_of = DateField(_l("As of"), [InputRequired(_l("Please give a day."))])
    withdraw = BooleanField(_l("Without new totals: figures are no longer weighted by this"))

    def offer(self, margins: Sequence[Margin]) -> None:
        self.margin.choices = [(margin.value, NAMES[margin]) for margin in margins]

    def validate_source(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError(_l("Please say from where the totals are known."))

    def validate_as_of(self, field: DateField) -> None:
        if field.data and field.data < EARLIEST:
            raise ValidationError(_l("Please give a day from 2000 on."))
