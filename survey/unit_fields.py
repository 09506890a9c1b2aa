"""Choosing units in forms: a list, or boxes; where there are very many of them, a text that takes names and codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import SelectField, SelectMultipleField, ValidationError
from wtforms.form import BaseForm
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget, Select, html_params

MOST_LISTED = 300  # units in one list; more make a page of megabytes in which nobody finds anything
SUGGESTED = 50
NAMED = 8  # in a message

Pair = tuple[str, str]  # code and label


def matching(text: str, units: Iterable[Pair]) -> list[Pair]:
    """The one of this code or whole name, else all whose name or code has the text in it."""
    wanted, part = text.strip().casefold(), []
    whole = []
    for code, label in units:
        name = label.strip()
        if not code:
            continue
        if wanted in (code.casefold(), _said((code, name)).casefold()):
            return [(code, name)]
        if name.casefold() == wanted:
            whole.append((code, name))
        elif wanted in name.casefold() or wanted in code.casefold():
            part.append((code, name))
    return whole or part


def wrong(text: str, found: Sequence[Pair]) -> str:
    """Why a text is not one unit."""
    if not found:
        return _("There is no unit “%(text)s”. Please give its name, a part of it, or its code.", text=text)
    names = "; ".join(map(_said, found[:NAMED]))
    return _(
        "%(n)s units match “%(text)s”, please give one of them: %(names)s",
        n=f"{len(found):,}",
        text=text,
        names=names + (" …" if len(found) > NAMED else ""),
    )


def _said(unit: Pair) -> str:
    return f"{unit[1].strip()} ({unit[0]})"


class _Pairs:
    choices: Any

    @property
    def pairs(self) -> list[Pair]:
        return [(str(one.value), str(one.label)) for one in self.choices or ()]

    @property
    def many(self) -> bool:
        return len(self.choices or ()) > MOST_LISTED


class _OneWidget:
    """A list, or a text with suggestions."""

    def __call__(self, field: UnitField, **given: Any) -> Markup:
        if not field.many:
            return Select()(field, **given)
        shown = {"id": field.id, "name": field.name, "type": "text", "list": f"{field.id}-units"}
        nothing = next((label for code, label in field.pairs if not code), "")
        shown |= {"value": field.typed, "placeholder": nothing, "autocomplete": "off", "maxlength": "200"}
        options = Markup("").join(
            Markup('<option value="{}"></option>').format(_said(one)) for one in field.suggested
        )
        return Markup("<input {}>{}").format(
            Markup(html_params(**shown, **given)),  # noqa: S704 it escapes
            Markup('<datalist id="{}-units">{}</datalist>').format(field.id, options),
        )


class UnitField(_Pairs, SelectField):
    """One unit, or none; `choices` are set before `validate`. `shown_meanwhile`: a wrong one is told and left out."""

    widget = _OneWidget()
    data: str | None

    def __init__(self, *given: Any, shown_meanwhile: bool = False, **more: Any) -> None:
        super().__init__(*given, **more)
        self._meanwhile = shown_meanwhile
        self._found: list[Pair] = []

    @property
    def typed(self) -> str:
        chosen = next((one for one in self.pairs if one[0] and one[0] == self.data), None)
        if chosen:
            return _said(chosen)
        return str(self.raw_data[0]) if self.errors and self.raw_data else self.data or ""

    @property
    def suggested(self) -> list[Pair]:
        """What matched; else the first that stand highest."""
        high = sorted((one for one in self.pairs if one[0]), key=lambda one: one[1].count("\u2003"))
        return (self._found or high)[:SUGGESTED]

    def pre_validate(self, form: BaseForm) -> None:
        if self.many:
            self.resolve()
        elif self._meanwhile:
            self._known_or_none()
        else:
            super().pre_validate(form)

    def _known_or_none(self) -> None:
        if self.data and self.data not in dict(self.pairs):
            self.data = ""
            raise ValidationError(_("Please choose one of the list; all are shown meanwhile."))

    def resolve(self) -> None:
        """The code of what was typed. Raises StopValidation where it is not one unit."""
        text = (self.data or "").strip()
        if not text:
            if self.validate_choice and "" not in dict(self.pairs):
                raise StopValidation(_("Please choose one."))
            return
        self._found = matching(text, self.pairs)
        if len(self._found) != 1:
            self.data = ""
            raise StopValidation(wrong(text, self._found))
        self.data = self._found[0][0]


class UnitsField(_Pairs, SelectMultipleField):
    """Several units: boxes, or a text with one a line."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    data: list[str] | None

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = [line.strip() for value in valuelist for line in value.splitlines()]
        self.data = [line for line in lines if line]

    @property
    def text(self) -> str:
        known = dict(self.pairs)
        return "\n".join(_said((one, known[one])) if one in known else one for one in self.data or ())

    def pre_validate(self, form: BaseForm) -> None:
        if not self.many:
            return
        found = [(text, matching(text, self.pairs)) for text in self.data or ()]
        bad = [wrong(text, units) for text, units in found if len(units) != 1]
        if bad:
            raise StopValidation(" ".join(bad[:3]))
        self.data = [units[0][0] for _text, units in found]
