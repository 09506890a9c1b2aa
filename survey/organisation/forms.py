"""The forms about units and service types."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Field, SelectField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from survey.errors import DomainError
from survey.locales import LOCALES, NAMES, say
from survey.models import Unit
from survey.names import KINDS
from survey.organisation.service import LONGEST_NAME


def _needed() -> InputRequired:
    return InputRequired(_l("Please fill this in."))


def _name(locale: str) -> StringField:
    too_long = _l("A name has at most %(n)s characters.", n=LONGEST_NAME)
    return StringField(
        _l("Name in %(language)s", language=NAMES[locale]),
        validators=[Length(max=LONGEST_NAME, message=too_long)],
        render_kw={"lang": locale.replace("_", "-")},
    )


def _code() -> StringField:
    return StringField(
        _l("Code"),
        description=_l("Short and for good: files and addresses use it."),
        validators=[_needed()],
        render_kw={"autocomplete": "off", "spellcheck": "false", "maxlength": "64"},
    )


def _kind() -> SelectField:
    return SelectField(
        _l("Kind"),
        choices=[SelectChoice(code, name) for code, name in KINDS.items()],
        validators=[_needed()],
        validate_choice=False,
    )


class NamesForm(FlaskForm):
    name_zh_Hans = _name("zh_Hans")
    name_zh_Hant = _name("zh_Hant")
    name_en = _name("en")
    submit = SubmitField(_l("Save"))

    def show(self, names: Any) -> None:
        for locale in LOCALES:
            self[f"name_{locale}"].process(None, names.get(locale, ""))

    def names(self) -> dict[str, str]:
        return {locale: self[f"name_{locale}"].data or "" for locale in LOCALES}

    def refuse(self, error: DomainError) -> None:
        """Puts the error beside its cause."""
        field: Field = getattr(self, error.field or "", self.name_zh_Hans)
        field.errors = [*field.errors, str(error)]


class UnitForm(NamesForm):
    kind = _kind()


class NewUnitForm(UnitForm):
    code = _code()


class NewServiceTypeForm(NamesForm):
    code = _code()


class MoveForm(FlaskForm):
    parent = SelectField(_l("Under"), validate_choice=False)
    move = SubmitField(_l("Move"))

    def offer(self, units: list[tuple[int, Unit]], locale: str) -> None:
        named = [
            SelectChoice(unit.code, "　" * (depth + 1) + say(unit.names, locale)) for depth, unit in units
        ]
        self.parent.choices = [SelectChoice("", _l("The top of the tree")), *named]


class FileForm(FlaskForm):
    file = FileField(_l("CSV file"), render_kw={"accept": ".csv,text/csv"})
    text = TextAreaField()  # the file's text, kept between its preview and its import
    store = SubmitField(_l("Import"))
