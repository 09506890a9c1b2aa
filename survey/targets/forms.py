"""The forms about targets. What lists may hold is checked against what the person sees, by the routes."""

from __future__ import annotations

import math
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FloatField, SelectField
from wtforms.validators import DataRequired, InputRequired, Optional

from survey.day_field import Day
from survey.results.forms import choices
from survey.unit_fields import UnitField

NEEDED = _l("Please fill this in.")
CHOOSE = _l("Please choose one.")


class Number(FloatField):
    """A finite number; a comma is a point too."""

    data: float | None

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        text = valuelist[0].strip().replace(",", ".").replace("−", "-") if valuelist else ""
        if not text:
            return
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise ValueError(_l("Please give a number such as 85."))
        self.data = value


class TargetForm(FlaskForm):
    unit = UnitField(
        _l("Unit"),
        [DataRequired(CHOOSE)],
        validate_choice=False,
        description=_l("It holds for all units below that have none of their own."),
    )
    measured = SelectField(_l("Measured by"), [DataRequired(CHOOSE)], validate_choice=False)
    value = Number(_l("Target"), [InputRequired(NEEDED)], render_kw={"inputmode": "decimal"})
    valid_from = Day(_l("First day"), [DataRequired(NEEDED)])
    valid_to = Day(_l("Last day"), [Optional()], description=_l("Empty: until further notice."))

    def offer(self, units: Iterable[tuple[str, str]], measured: Iterable[tuple[str, str]]) -> None:
        self.unit.choices = choices(("", _l("Choose a unit")), *units)
        self.measured.choices = choices(("", _l("Choose a question")), *measured)


class EndForm(FlaskForm):
    valid_to = Day(_l("Last day"), [DataRequired(NEEDED)])
