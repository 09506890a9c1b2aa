"""The filter bar: a GET form, so that every selection is an address that can be shared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Form,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from analysis.searching import MOST_TERMS, Term, Unsearchable, terms
from survey.day_field import Day
from survey.figures.comment_filters import NO_TOPIC
from survey.locales import NAMES
from survey.models import Channel, Grain
from survey.names import CHANNELS, FLAGS, LANGUAGES, PURPOSES, SENTIMENTS
from survey.processing.relabelling import OPINIONS
from survey.unit_fields import UnitField

ANY = ("", _l("All"))


def choices(*pairs: tuple[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


class OneOf(SelectField):
    """A choice; an unknown one is told and then ignored."""

    data: str | None

    def pre_validate(self, form: BaseForm) -> None:
        if self.data and self.data not in {choice.value for choice in self.choices or ()}:
            self.data = ""
            raise ValidationError(_("Please choose one of the list; all are shown meanwhile."))


class SomeOf(SelectMultipleField):
    data: list[str] | None
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: BaseForm) -> None:
        known = {choice.value for choice in self.choices or ()}
        unknown = [code for code in self.data or [] if code not in known]
        if unknown:
            self.data = [code for code in self.data or [] if code in known]
            raise ValidationError(_("Please choose from the list; the unknown one is left out."))


class FilterForm(Form):
    """What all results pages can be limited by. Choices that depend on the person are set by `fill`."""

    questionnaire = OneOf(_l("Questionnaire"))
    from_ = Day(_l("From"), [Optional()], name="from")
    to = Day(_l("To"), [Optional()])
    unit = UnitField(_l("Unit and all below it"), shown_meanwhile=True)
    service = SomeOf(_l("Service types"))
    channel = OneOf(_l("Channel"), choices=choices(ANY, *((c.value, CHANNELS[c]) for c in Channel)))
    language = OneOf(_l("Language of the page"), choices=choices(ANY, *NAMES.items()))
    question = SelectField(_l("Main question"), validate_choice=False)
    outcome = SelectField(_l("What is to be explained"), validate_choice=False)
    topic = SelectField(_l("Topic in particular"), validate_choice=False)
    level = OneOf(
        _l("Compare"),
        choices=choices(
            ("", _l("Automatically")),
            ("leaf", _l("Departments")),
            ("children", _l("Units just below")),
        ),
    )
    marked = UnitField(_l("Mark a unit"), validate_choice=False)
    grain = OneOf(
        _l("Trend by"),
        choices=choices(
            ("", _l("Automatically")),
            (Grain.DAY.value, _l("Day")),
            (Grain.WEEK.value, _l("Week")),
            (Grain.MONTH.value, _l("Month")),
        ),
    )

    weights = BooleanField(_l("Weighted to known totals"))

    def validate_marked(self, field: UnitField) -> None:
        if self.unit.many:
            field.choices = self.unit.choices
            field.resolve()
        elif field.data and field.data not in {choice.value for choice in self.unit.choices or ()}:
            field.data = ""
            raise ValidationError(_("Please choose one of the list; all are shown meanwhile."))

    def validate_to(self, field: Day) -> None:
        if self.from_.data and field.data and field.data < self.from_.data:
            field.data = self.from_.data = None
            raise ValidationError(_("The end lies before the beginning; the usual period is shown."))

    def fill(self, **offers: Sequence[tuple[str, Any]]) -> None:
        for name, offered in offers.items():
            field = self[name]
            if isinstance(field, SelectField):  # the several-choice field is one of its kind
                field.choices = choices(*offered)


class CommentForm(FilterForm):
    """The filters of the comments page, beside those of all."""

    sentiment = OneOf(_l("Sentiment"), choices=choices(ANY, *SENTIMENTS.items()))
    topic = OneOf(_l("Topic"))
    felt = OneOf(
        _l("Felt about the topic"),
        choices=choices(ANY, *((code, SENTIMENTS[code]) for code in OPINIONS)),
    )
    purpose = OneOf(_l("Asked for"), choices=choices(ANY, *PURPOSES.items()))
    asked = OneOf(_l("Question"))
    search = StringField(
        _l("Search in the text"),
        [Length(max=100, message=_l("Please search for less than 100 characters."))],
        description=_l(
            "Several words: all of them. “In quotation marks”: exactly these words in this order."
        ),
    )
    flag = OneOf(_l("Quality flag"), choices=choices(ANY, *FLAGS.items()))
    written_in = OneOf(_l("Language of the comment"), choices=choices(ANY, *LANGUAGES.items()))
    least = OneOf(_l("Answer from"))
    most = OneOf(_l("Answer to"))
    disagrees = OneOf(
        _l("Score and text disagree"),
        choices=choices(
            ("", _l("All")),
            ("any", _l("They disagree")),
            ("high", _l("High score, negative comment")),
            ("low", _l("Low score, positive comment")),
        ),
    )
    terms: Sequence[Term] = ()  # what is searched, once it was validated

    def validate_felt(self, field: OneOf) -> None:
        if field.data and self.topic.data in ("", NO_TOPIC, None):
            field.data = ""
            raise ValidationError(_("Please choose the topic, too; all are shown meanwhile."))

    def validate_search(self, field: StringField) -> None:
        try:
            self.terms = terms(field.data or "")
        except Unsearchable as error:
            raise ValidationError(
                _("“%(part)s” cannot be searched: it has no letters or digits.", part=error.part)
                if error.part
                else _("Please search for at most %(n)s words.", n=MOST_TERMS)
            ) from None
