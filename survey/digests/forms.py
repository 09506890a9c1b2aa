"""When somebody wants digests."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from survey.models import Cadence

NAMES = {
    Cadence.DAILY: _l("Every day"),
    Cadence.WEEKLY: _l("Every Monday"),
    Cadence.MONTHLY: _l("On the first of each month"),
    Cadence.NEVER: _l("Never"),
}


class ChoiceForm(FlaskForm):
    cadence = SelectField(
        _l("How often"), choices=[SelectChoice(code.value, name) for code, name in NAMES.items()]
    )
    hour = SelectField(
        _l("At"), coerce=int, choices=[SelectChoice(hour, f"{hour:02}:00") for hour in range(24)]
    )
    timezone = StringField(_l("Time zone"), [Length(max=64)], render_kw={"list": "timezones"})
    store = SubmitField(_l("Save"))

    @staticmethod
    def timezones() -> list[Any]:
        return sorted(zone for zone in available_timezones() if "/" in zone)
