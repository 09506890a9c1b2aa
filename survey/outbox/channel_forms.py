"""The forms about channels: made of the settings that a channel or provider says it needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, IntegerField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from survey.access import in_order
from survey.channels.base import Setting
from survey.errors import DomainError
from survey.locales import NAMES, say
from survey.models import Unit
from survey.unit_fields import UnitField

LONG = ("templates",)  # settings of several lines


class RefusingForm(FlaskForm):
    def refuse(self, error: DomainError, default: str) -> None:
        field: Field = self[error.field if error.field in self else default]
        field.errors = [*field.errors, str(error)]


class EndpointForm(RefusingForm):
    name = StringField(
        _l("Name"),
        [InputRequired(_l("Please fill this in.")), Length(max=120, message=_l("This is too long."))],
        description=_l("As people call the group or program."),
    )
    locale = SelectField(
        _l("Language of the messages"), choices=[SelectChoice(code, name) for code, name in NAMES.items()]
    )
    unit = UnitField(
        _l("Unit and all below it"),
        [Optional()],
        default="",
        description=_l("None: for the whole organisation."),
    )

    def offer(self, units: list[Unit], locale: str) -> None:
        named = [
            SelectChoice(unit.code, "\u2003" * depth + say(unit.names, locale))
            for depth, unit in in_order(units)
        ]
        self.unit.choices = [SelectChoice("", "–"), *named]


class RulesForm(RefusingForm):
    most_a_month = IntegerField(
        _l("Messages to one address in 30 days at most"),
        [Optional(), NumberRange(1, 1000, message=_l("Please write a number from 1 to 1000."))],
        description=_l("Of people without an account, such as customers. Empty: no limit."),
    )
    kept_days = IntegerField(
        _l("Days for which texts and addresses of messages are kept"),
        [
            InputRequired(_l("Please fill this in.")),
            NumberRange(1, 3650, message=_l("Please write a number from 1 to 3650.")),
        ],
        description=_l("Afterwards only remains that there was a message, and what became of it."),
    )


class HostsForm(RefusingForm):
    hosts = TextAreaField(
        _l("Allowed hosts"),
        [Length(max=4000, message=_l("This is too long."))],
        description=_l(
            "One a line: a name or name:port inside your network. Everything else that is private is refused."
        ),
    )


def with_settings(
    base: type[RefusingForm], settings: tuple[Setting, ...], kept: Mapping[str, str]
) -> type[RefusingForm]:
    """The form with a field for each setting. Secrets are never shown: an empty one stays as it is."""
    fields = {one.name: _field(one, kept.get(one.name, "")) for one in settings}
    return type(base.__name__, (base,), fields)


def _field(one: Setting, value: str) -> Field:
    if one.secret:
        hint: Any = _l("Is set. Leave it empty to keep it.") if value else one.hint
        return PasswordField(one.label, description=hint, render_kw={"autocomplete": "off"})
    kind = TextAreaField if one.name in LONG else StringField
    return kind(one.label, default=value, description=one.hint, render_kw={"autocomplete": "off"})
