"""The forms of the roster, the calendar and the time limits."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget, TimeInput

from survey.day_field import Day
from survey.duty import names
from survey.duty.hours import clock_time
from survey.duty.person_field import PersonField
from survey.duty.working import DAY
from survey.models import ROSTERED, Hours

NEEDED = _l("Please fill this in.")
CHOOSE = _l("Please choose one.")


def choices(*pairs: tuple[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def one_line(text: str | None) -> str:
    return " ".join((text or "").replace("\x00", "").split())


class ClockField(Field):
    """A time of day as minutes since midnight."""

    widget = TimeInput()
    data: int | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return clock_time(self.data % DAY) if self.data is not None else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            return
        hour, _colon, minute = text.partition(":")
        if not (hour.isascii() and hour.isdigit() and minute[:2].isascii() and minute[:2].isdigit()):
            raise ValueError(_l("Please give a time such as 08:30."))
        if len(hour) > 2 or len(minute) > 5 or int(hour) > 24 or int(minute[:2]) > 59:
            raise ValueError(_l("Please give a time such as 08:30."))
        self.data = min(int(hour) * 60 + int(minute[:2]), DAY)


class Weekdays(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    data: list[str] | None

    @property
    def mask(self) -> str:
        return "".join("1" if str(number) in (self.data or ()) else "0" for number in range(7))


class TurnForm(FlaskForm):
    tier = SelectField(_l("Tier"), [DataRequired(CHOOSE)])
    person = PersonField(_l("Person"), [DataRequired(CHOOSE)], validate_choice=False)
    hours = SelectField(
        _l("When"),
        [DataRequired(CHOOSE)],
        description=_l("Working hours follow the calendar: holidays and days worked instead included."),
    )
    start = ClockField(_l("From"))
    end = ClockField(_l("To"), description=_l("Earlier than the beginning, or the same: on the next day."))
    weekdays = Weekdays(_l("Days of the week"))
    every = SelectField(_l("Weeks"), default="1")
    first_on = Day(_l("First day"), [InputRequired(NEEDED)])
    last_on = Day(
        _l("Last day"),
        [Optional()],
        description=_l(
            "Empty: until further notice. The same as the first: this day only, before all other turns."
        ),
    )

    def offer(self, people: list[tuple[str, str]]) -> None:
        self.tier.choices = choices(*((tier.value, names.TIERS[tier]) for tier in ROSTERED))
        self.hours.choices = choices(*((hours.value, names.HOURS[hours]) for hours in Hours))
        self.weekdays.choices = choices(*((str(number), name) for number, name in enumerate(names.WEEKDAYS)))
        self.every.choices = choices(
            ("1", _l("every week")),
            ("2", _l("every second week")),
            ("3", _l("every third week")),
            ("4", _l("every fourth week")),
        )
        self.person.choices = choices(("", _l("Choose a person")), *people)

    def validate_start(self, field: ClockField) -> None:
        if self.hours.data == Hours.FIXED and field.data is None and not field.errors:
            raise ValidationError(NEEDED)

    def validate_end(self, field: ClockField) -> None:
        if self.hours.data == Hours.FIXED and field.data is None and not field.errors:
            raise ValidationError(NEEDED)


class AbsenceForm(FlaskForm):
    person = PersonField(_l("Who is absent"), [DataRequired(CHOOSE)], validate_choice=False)
    first_on = Day(_l("First day"), [InputRequired(NEEDED)])
    last_on = Day(_l("Last day"), [InputRequired(NEEDED)])
    substitute = PersonField(
        _l("Who stands in"),
        [Optional()],
        validate_choice=False,
        description=_l("For all turns on these days. Without anybody the turns go to the next in the chain."),
    )

    def offer(self, people: list[tuple[str, str]]) -> None:
        self.person.choices = choices(("", _l("Choose a person")), *people)
        self.substitute.choices = choices(("", _l("Nobody")), *people)


class WeekForm(FlaskForm):
    timezone = StringField(
        _l("Time zone"), [Length(max=64, message=_l("At most 64 characters."))], filters=[one_line]
    )
    own = SelectField(_l("Working hours"), default="")

    def offer(self, inherited: Any) -> None:
        self.own.choices = choices(("", inherited), ("own", _l("Own hours")))


for _number, _name in enumerate(names.WEEKDAYS):
    setattr(WeekForm, f"day_{_number}", StringField(_name, filters=[one_line]))


class DayForm(FlaskForm):
    day = Day(_l("Date"), [InputRequired(NEEDED)])
    kind = SelectField(
        _l("What it is"),
        [InputRequired(CHOOSE)],
        choices=choices(("holiday", _l("Holiday")), ("working", _l("Worked instead"))),
    )
    name = StringField(
        _l("Name"), [Length(max=120, message=_l("At most 120 characters."))], filters=[one_line]
    )
    hours = StringField(
        _l("Hours"),
        filters=[one_line],
        description=_l("Of a day worked instead; empty: as on other working days."),
    )


class LimitsForm(FlaskForm):
    """Its fields are added by `limits_form`."""
