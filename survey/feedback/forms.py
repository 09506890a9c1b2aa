"""What a summary is about: a GET form, so that it can be shared and printed again."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice

from survey.feedback.periods import PERIODS


class SummaryForm(Form):
    """Anything unknown falls back to what is usual; a foreign unit is refused by the route."""

    period = SelectField(
        _l("Period"),
        choices=[SelectChoice(code, name) for code, name in PERIODS.items()],
        validate_choice=False,
    )
    unit = SelectField(_l("Unit"), validate_choice=False)
    questionnaire = SelectField(_l("Questionnaire"), validate_choice=False)
