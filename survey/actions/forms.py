"""The forms about actions. What lists may hold is checked against what the person sees, by the routes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from survey.actions.wording import DIRECTIONS
from survey.cells import clean
from survey.day_field import Day
from survey.distribute.events import one_line
from survey.results.forms import choices
from survey.unit_fields import UnitsField

NEEDED = _l("Please fill this in.")
CHOOSE = _l("Please choose one.")


def _line(label: Any, most: int, hint: Any = "") -> StringField:
    too_long = _l("At most %(n)s characters.", n=most)
    return StringField(
        label,
        [DataRequired(NEEDED), Length(max=most, message=too_long)],
        filters=[lambda text: clean(one_line(text or ""))],
        description=hint,
    )


def _text(label: Any, hint: Any = "") -> TextAreaField:
    return TextAreaField(
        label,
        [DataRequired(NEEDED), Length(max=500, message=_l("At most %(n)s characters.", n=500))],
        filters=[lambda text: clean((text or "").strip())],
        description=hint,
        render_kw={"rows": "3"},
    )


class ActionForm(FlaskForm):
    title = _line(_l("Title"), 120, _l("What is done differently, in a few words."))
    units = UnitsField(_l("Units that take part"), validate_choice=False)
    measured = SelectField(
        _l("Measured by"),
        [DataRequired(CHOOSE)],
        validate_choice=False,
        description=_l("The question and the figure by which it will be judged."),
    )
    starts_on = Day(_l("Start"), [DataRequired(NEEDED)])
    direction = SelectField(
        _l("Expected to become"),
        [DataRequired(CHOOSE)],
        choices=choices(*DIRECTIONS.items()),
        validate_choice=False,
    )
    expected = _text(_l("What is expected"), _l("By how much, from when on, and why you think so."))
    comparators = UnitsField(
        _l("Units to compare with"),
        validate_choice=False,
        description=_l(
            "They do not take part, and show what would have happened anyway. Without any, only the time before is compared with."
        ),
    )
    responsible = _line(_l("Responsible"), 120)

    def offer(self, units: list[tuple[str, str]], measured: Iterable[tuple[str, str]]) -> None:
        self.units.choices = self.comparators.choices = choices(*units)
        self.measured.choices = choices(("", _l("Choose a question")), *measured)


class AmendForm(ActionForm):
    why = _text(_l("Why is it changed?"), _l("Kept with the change, for everybody to read."))


class StopForm(FlaskForm):
    why = _text(_l("Why does it stop?"), _l("Kept for everybody to read."))


def suggested(args: Mapping[str, str]) -> dict[str, Any]:
    """What another page proposes in its link here; what is no day is left out."""
    found: dict[str, Any] = {}
    with suppress(ValueError):
        found["starts_on"] = date.fromisoformat(args.get("starts_on", ""))
    if args.get("measured"):
        found["measured"] = args["measured"]
    if args.get("unit"):
        found["units"] = [args["unit"]]
    return found
