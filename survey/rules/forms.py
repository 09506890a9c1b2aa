"""The form of a rule: every condition has its own field, an empty one asks for nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from analysis.alarms.keywords import keyword
from survey.alerts.parts.alarm import NAMES
from survey.alerts.parts.listed import MOST_WORDS
from survey.alerts.service import LONGEST_NAME
from survey.alerts.terms import MOST_DAYS
from survey.cells import clean
from survey.day_field import Day
from survey.results.forms import choices
from survey.rules.wording import SEVERITIES
from survey.unit_fields import UnitField

NEEDED = _l("Please fill this in.")
CHOOSE = _l("Please choose one.")


class Boxes(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def named(label: Any) -> StringField:
    too_long = _l("At most %(n)s characters.", n=LONGEST_NAME)
    return StringField(
        label,
        [Optional(), Length(max=LONGEST_NAME, message=too_long)],
        filters=[lambda text: clean(" ".join((text or "").split()))],
    )


def _whole(label: Any, most: int, needed: bool = False, hint: Any = "") -> IntegerField:
    range_ = NumberRange(
        1, most, _l("Please give a whole number from %(least)s to %(most)s.", least=1, most=most)
    )
    return IntegerField(label, [InputRequired(NEEDED) if needed else Optional(), range_], description=hint)


def lines(text: str | None) -> list[str]:
    """One keyword a line, each once."""
    found = (" ".join(clean(line).split()) for line in (text or "").splitlines())
    return list(dict.fromkeys(line for line in found if line))


def _words(label: Any, hint: Any) -> TextAreaField:
    return TextAreaField(label, [Optional(), _keywords], description=hint, render_kw={"rows": "4"})


def _keywords(_form: Any, field: Any) -> None:
    words = lines(field.data)
    wrong = [word for word in words if not keyword(word)]
    if wrong:
        raise ValidationError(_("This finds nothing or nearly everything: “%(word)s”.", word=wrong[0][:60]))
    if len(words) > MOST_WORDS:
        raise ValidationError(_("At most %(n)s words.", n=MOST_WORDS))


class RuleForm(FlaskForm):
    names_en = named(_l("Name in English"))
    names_zh_Hans = named(_l("Name in Simplified Chinese"))
    names_zh_Hant = named(_l("Name in Traditional Chinese"))
    unit = UnitField(_l("Unit and all below it"), validate_choice=False)
    severity = SelectField(_l("Severity"), [DataRequired(CHOOSE)], choices=choices(*SEVERITIES.items()))
    match = SelectField(
        _l("Several conditions"),
        choices=choices(("all", _l("all of them must hold")), ("any", _l("any of them is enough"))),
    )
    rating = SelectField(_l("A rating"), validate_choice=False)
    rating_2 = SelectField(_l("Another rating"), validate_choice=False)
    detractor = BooleanField(_l("Would not recommend (0 to 6 of 10)"))
    contact = BooleanField(_l("Asks to be contacted"))
    alarms = Boxes(
        _l("The comment is about"), choices=choices(*((kind.value, name) for kind, name in NAMES.items()))
    )
    words = _words(
        _l("Keywords, whatever the sentiment"),
        _l("One a line, in either script. English: whole words, “*” at the end for any ending."),
    )
    negative = BooleanField(_l("A negative comment"))
    topics = Boxes(_l("Only negative comments on one of these topics"))
    about = _words(
        _l("Only negative comments with one of these words"), _l("One a line; empty: any negative comment.")
    )
    at_least = _whole(
        _l("How many responses make an alert"),
        1000,
        True,
        _l("More than one: a burst of one unit makes one alert."),
    )
    within_days = _whole(_l("Within how many days"), MOST_DAYS, True)
    most = _whole(
        _l("At most so many alerts for a unit"),
        1000,
        hint=_l("What is more goes to the digest. Nothing serious ever waits there. Empty: no limit."),
    )
    most_days = _whole(_l("In how many days"), MOST_DAYS, True)
    valid_from = Day(_l("Valid from"), [DataRequired(NEEDED)])
    valid_to = Day(_l("Valid to"), [Optional()])
    sure = BooleanField(_l("Keep the rule as it is, in spite of this"))

    def offer(
        self,
        units: list[tuple[str, str]],
        ratings: Iterable[SelectChoice],
        topics: Iterable[tuple[str, str]],
    ) -> None:
        self.unit.choices = choices(*units)
        self.rating.choices = self.rating_2.choices = [*choices(("", _l("None"))), *ratings]
        self.topics.choices = choices(*topics)
