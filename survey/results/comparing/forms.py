"""What is compared with what, on top of the filters of all results pages."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, ValidationError
from wtforms.validators import Optional, StopValidation

from survey.day_field import Day
from survey.results.forms import FilterForm, OneOf, choices
from survey.unit_fields import UnitField


class By(StrEnum):
    """What the sides differ in; the value stands in addresses."""

    PERIOD = "period"
    MONTH = "month"
    UNIT = "unit"
    SERVICE_TYPE = "service_type"
    CHANNEL = "channel"
    LOCALE = "locale"
    QUESTIONNAIRE = "questionnaire"


NAMES = {
    By.UNIT: _l("Units"),
    By.PERIOD: _l("Periods"),
    By.MONTH: _l("Months"),
    By.SERVICE_TYPE: _l("Service types"),
    By.CHANNEL: _l("Channels"),
    By.LOCALE: _l("Languages"),
    By.QUESTIONNAIRE: _l("Questionnaires"),
}
ALL = ("", _l("All of them"))
REST = "~rest"  # no unit's code begins so
OTHERS = {
    By.UNIT: _l("all other units"),
    By.SERVICE_TYPE: _l("all other service types"),
    By.CHANNEL: _l("all other channels"),
    By.LOCALE: _l("all other languages"),
}


class CompareForm(FilterForm):
    """`one` and `other` are filled when it is known what the sides differ in."""

    by = OneOf(
        _l("Compare by"), name="by", choices=choices(*((one.value, name) for one, name in NAMES.items()))
    )
    one = UnitField(_l("This side"), validate_choice=False)
    other = UnitField(_l("Against"), validate_choice=False)
    base_from = Day(_l("Against the days from"), [Optional()])
    base_to = Day(_l("to"), [Optional()])
    metric = SelectField(_l("Figure"), validate_choice=False)

    def validate_base_to(self, field: Day) -> None:
        if self.base_from.data and field.data and field.data < self.base_from.data:
            field.data = self.base_from.data = None
            raise ValidationError(_l("The end lies before the beginning; the usual days are taken."))

    @property
    def what(self) -> By:
        return By(self.by.data) if self.by.data else By.UNIT

    @property
    def base_days(self) -> tuple[date, date] | None:
        first, last = self.base_from.data, self.base_to.data
        return (first, last) if first and last else None

    def offer(self, field: Any, offered: list[tuple[str, Any]], usual: str = "") -> str:
        """The choice made of those offered; of an unknown one the error, and the usual choice."""
        field.choices = choices(*offered)
        if isinstance(field, UnitField) and field.many:
            return self._typed(field, usual)
        chosen = field.data or ""
        if chosen and chosen not in dict(offered):
            field.errors = [*field.errors, _l("Please choose one of the list; all are shown meanwhile.")]
            chosen = ""
        field.data = chosen or usual
        return str(field.data)

    def _typed(self, field: UnitField, usual: str) -> str:
        try:
            field.resolve()
        except StopValidation as error:
            field.errors = [*field.errors, str(error)]
        return field.data or usual
