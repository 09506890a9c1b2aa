"""The forms about people: one's own account, and everybody's for administrators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from survey.accounts.service import LONGEST_NAME
from survey.locales import NAMES, say
from survey.names import ROLES

TOO_LONG = _l("This is too long.")


def choices(named: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in named.items()]


def _needed() -> InputRequired:
    return InputRequired(_l("Please fill this in."))


def _name() -> StringField:
    return StringField(
        _l("Name"),
        validators=[_needed(), Length(max=LONGEST_NAME, message=TOO_LONG)],
        render_kw={"autocomplete": "off"},
    )


def _language() -> SelectField:
    automatic = SelectChoice("", _l("As the browser says"))
    return SelectField(_l("Language"), choices=[automatic, *choices(NAMES)], validate_choice=False)


class MeForm(FlaskForm):
    name = _name()
    locale = _language()
    submit = SubmitField(_l("Save"))


class PersonForm(FlaskForm):
    email = StringField(
        _l("E-mail address"),
        validators=[_needed(), Length(max=255, message=TOO_LONG)],
        render_kw={"autocomplete": "off", "inputmode": "email", "spellcheck": "false"},
    )
    name = _name()
    role = SelectField(_l("Role"), choices=choices(ROLES), validators=[_needed()], validate_choice=False)
    unit = SelectField(
        _l("Unit"),
        description=_l("Whose figures this person sees. Administrators see every unit; an auditor may."),
        validate_choice=False,
    )
    locale = _language()
    submit = SubmitField(_l("Save"))

    def offer(self, units: list[tuple[int, Any]], locale: str) -> None:
        """The units to choose from, indented as in the tree."""
        named = [SelectChoice(unit.code, "　" * depth + say(unit.names, locale)) for depth, unit in units]
        self.unit.choices = [SelectChoice("", _l("None")), *named]


class FileForm(FlaskForm):
    file = FileField(_l("CSV file"), render_kw={"accept": ".csv,text/csv"})
    text = TextAreaField()  # the file's text, kept between its preview and its import
    check = SubmitField(_l("Check the file"))
    store = SubmitField(_l("Import"))
