"""What is asked before a report is made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from survey.locales import NAMES
from survey.models import Grain
from survey.reports.periods import MOST_MONTHS, days_of, month_of
from survey.results.labels import period_label
from survey.unit_fields import UnitField

KINDS = {"month": _l("Month"), "quarter": _l("Quarter"), "year": _l("Year"), "span": _l("Several months")}
NONE = ("", "–")


class ReportForm(FlaskForm):
    """Choices that depend on the person and on the day are set by `fill`."""

    questionnaire = SelectField(_l("Questionnaire"), [InputRequired()])
    unit = UnitField(_l("Unit and all below it"), default="")
    kind = RadioField(
        _l("Period"), choices=[SelectChoice(kind, name) for kind, name in KINDS.items()], default="month"
    )
    month = SelectField(
        _l("Month"), [InputRequired()], description=_l("Of a quarter or a year: any month in it.")
    )
    until = SelectField(_l("Until"), default="", description=_l("Only for several months: the last one."))
    language = SelectField(
        _l("Language of the report"),
        [InputRequired()],
        choices=[SelectChoice(code, name) for code, name in NAMES.items()],
    )

    def fill(self, usual: dict[str, str], **offers: Sequence[tuple[str, Any]]) -> None:
        for name, offered in offers.items():
            field = self[name]
            if isinstance(field, SelectField):
                field.choices = [SelectChoice(value, label) for value, label in offered]
        if not self.is_submitted():
            for name, value in usual.items():
                self[name].data = value

    def validate_until(self, field: SelectField) -> None:
        if self.kind.data == "span" and (not field.data or field.data < (self.month.data or "")):
            raise ValidationError(_("Please choose the last month; it must not lie before the first one."))

    @property
    def days(self) -> tuple[date, date]:
        until = month_of(self.until.data) if self.until.data else None
        return days_of(self.kind.data or "", month_of(self.month.data), until)


def months_offered(last: date, locale: str) -> list[tuple[str, str]]:
    """The newest first."""
    found = []
    year, month = last.year, last.month
    for _month in range(MOST_MONTHS):
        day = date(year, month, 1)
        found.append((f"{day:%Y-%m}", period_label(day, Grain.MONTH, locale)))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found
