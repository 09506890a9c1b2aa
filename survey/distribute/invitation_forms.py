"""Forms for personal invitations."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from survey.distribute.events import one_line
from survey.distribute.forms import CHOOSE, choices
from survey.names import CHANNELS

MOST_DAYS = 365
PERSONAL = ("sms", "email", "wechat", "phone", "paper", "qr", "web")
_DAYS = _l("A whole number of days from 1 to 365.")


class DaysForm(FlaskForm):
    days = IntegerField(
        _l("Valid for how many days"),
        [InputRequired(_DAYS), NumberRange(1, MOST_DAYS, _DAYS)],
        default=30,
    )


class UploadForm(DaysForm):
    questionnaire = SelectField(_l("Questionnaire"), [InputRequired(CHOOSE)])
    channel = SelectField(
        _l("Channel"),
        [InputRequired(CHOOSE)],
        choices=choices((code, CHANNELS[code]) for code in PERSONAL),
        description=_l("How you send the links."),
    )
    label = StringField(
        _l("Label"),
        [Length(max=120, message=_l("At most 120 characters."))],
        filters=[lambda text: one_line(text or "")],
        description=_l("For you and your colleagues. Respondents never see it."),
    )
    file = FileField(_l("File with service events (CSV)"), [FileRequired(_l("Please choose a file."))])


class IssueForm(DaysForm):
    """Of links that were made before: it has to be said that the old ones die."""

    sure = BooleanField(_l("I know that the links in earlier files stop working"))


class DeliveryForm(FlaskForm):
    file = FileField(_l("Delivery report (CSV)"), [FileRequired(_l("Please choose a file."))])
