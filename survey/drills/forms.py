"""The forms of drills."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Form, SelectField, ValidationError
from wtforms.validators import DataRequired

from survey.day_field import Day
from survey.duty import names
from survey.duty.forms import CHOOSE, NEEDED, ClockField
from survey.duty.working import instant
from survey.results.forms import OneOf, choices
from survey.results.spans import PRESETS
from survey.unit_fields import UnitField

NOW, LATER = "now", "later"
SEVERITY_CHOICES = [(severity.value, name) for severity, name in names.SEVERITIES.items()]


class DrillForm(FlaskForm):
    unit = UnitField(_l("Unit"), [DataRequired(CHOOSE)], validate_choice=False)
    severity = SelectField(
        _l("Severity"),
        [DataRequired(CHOOSE)],
        choices=choices(*SEVERITY_CHOICES),
        description=_l("It decides how long the first one has, and by the clock or in working time."),
    )
    when = SelectField(
        _l("When"),
        [DataRequired(CHOOSE)],
        choices=choices((NOW, _l("Now")), (LATER, _l("At a day and hour"))),
    )
    day = Day(_l("Day"))
    at = ClockField(_l("Hour"), description=_l("By the clock of the unit."))

    def validate_day(self, field: Day) -> None:
        if self.when.data == LATER and field.data is None and not field.errors:
            raise ValidationError(NEEDED)

    def validate_at(self, field: ClockField) -> None:
        if self.when.data == LATER and field.data is None and not field.errors:
            raise ValidationError(NEEDED)

    def instant(self, zone: ZoneInfo) -> datetime | None:
        """None: now."""
        if self.when.data == NOW or self.day.data is None or self.at.data is None:
            return None
        return instant(self.day.data, self.at.data, zone)


class PlanForm(FlaskForm):
    unit = UnitField(_l("Unit"), [DataRequired(CHOOSE)], validate_choice=False)
    severity = SelectField(_l("Severity"), [DataRequired(CHOOSE)], choices=choices(*SEVERITY_CHOICES))


class HistoryForm(Form):
    period = OneOf(_l("Period"), choices=choices(("", _l("12 months")), *PRESETS.items()))
    unit = UnitField(_l("Unit"), shown_meanwhile=True)
    severity = OneOf(_l("Severity"), choices=choices(("", _l("All")), *SEVERITY_CHOICES))

    def offer(self, units: list[tuple[str, Any]]) -> None:
        self.unit.choices = choices(("", _l("All")), *units)
