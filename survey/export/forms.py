"""What is asked before an export."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from survey.locales import NAMES


class ExportForm(FlaskForm):
    """Sent by GET, so that an address can be kept; nothing is changed by it."""

    class Meta:
        csrf = False

    questionnaire = SelectField(_l("Questionnaire"), [InputRequired()])
    first_on = DateField(_l("From"), [Optional()], description=_l("From the first response when empty."))
    last_on = DateField(_l("To"), [Optional()], description=_l("To the last response when empty."))
    answers = RadioField(
        _l("Answers"),
        choices=[SelectChoice("codes", _l("As codes")), SelectChoice("labels", _l("As words"))],
        default="codes",
    )
    language = SelectField(
        _l("Language of names and words"),
        [InputRequired()],
        choices=[SelectChoice(code, name) for code, name in NAMES.items()],
    )
    what = RadioField(
        _l("File"),
        choices=[
            SelectChoice("csv", _l("Responses (CSV)")),
            SelectChoice("xlsx", _l("Responses and codebook (XLSX)")),
            SelectChoice("codebook", _l("Codebook (CSV)")),
        ],
        default="csv",
    )

    def validate_last_on(self, field: DateField) -> None:
        if self.first_on.data and field.data and field.data < self.first_on.data:
            raise ValidationError(str(_l("The last day lies before the first one.")))
