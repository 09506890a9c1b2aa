"""Forms for links. What a select field may hold is checked against what the person sees, by the routes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import DateTimeLocalInput

from survey.distribute.events import one_line
from survey.distribute.when import read_instant
from survey.locales import NAMES
from survey.names import CHANNELS
from survey.unit_fields import UnitField

CHOOSE = _l("Please choose one.")


def timezone() -> str:
    name: str = current_app.extensions["settings"].timezone
    return name


def choices(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def page_number() -> int:
    return min(max(request.args.get("page", 1, int), 1), 100_000)


class LocalTimeField(Field):
    """An instant, shown and typed in the organisation's time zone."""

    widget = DateTimeLocalInput()
    data: datetime | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.astimezone(ZoneInfo(timezone())).strftime("%Y-%m-%dT%H:%M") if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = read_instant(text, timezone()) if text else None
        if text and self.data is None:
            raise ValueError(_l("This is not a date and time. Example: 2026-05-04 09:00"))


class WindowForm(FlaskForm):
    label = StringField(
        _l("Label"),
        [Length(max=120, message=_l("At most 120 characters."))],
        filters=[lambda text: one_line(text or "")],
        description=_l(
            "For you and your colleagues, such as the place where it hangs. Respondents never see it."
        ),
    )
    opens_at = LocalTimeField(_l("Opens"))
    closes_at = LocalTimeField(_l("Ends"))


class LinkForm(WindowForm):
    form_key = HiddenField(default=lambda: secrets.token_urlsafe(16))  # the same rendered form makes one link
    unit = UnitField(_l("Unit"), [InputRequired(CHOOSE)], validate_choice=False)
    service_type = SelectField(_l("Service type"), [InputRequired(CHOOSE)], validate_choice=False)
    channel = SelectField(
        _l("Channel"),
        [InputRequired(CHOOSE)],
        choices=choices(CHANNELS.items()),
        default="qr",
        description=_l("How people get to it."),
    )
    locale = SelectField(
        _l("Language"),
        description=_l("Respondents can always change it on the page."),
    )

    def offer(
        self, units: list[tuple[str, str]], service_types: list[tuple[str, str]], locales: tuple[str, ...]
    ) -> None:
        self.unit.choices = choices([("", _l("Choose a unit")), *units])
        self.service_type.choices = choices([("", _l("Choose a service type")), *service_types])
        named = [(locale, NAMES[locale]) for locale in locales]
        self.locale.choices = choices([("", _l("The respondent's browser decides")), *named])
