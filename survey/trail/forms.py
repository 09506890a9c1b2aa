"""What the audit trail is searched by; it all stands in the address."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, ValidationError

from survey.trail.wording import ACTORS, DEEDS, KINDS

_ANY = SelectChoice("", _l("All"))


def _choices(named: dict[str, object]) -> list[SelectChoice]:
    return [_ANY, *(SelectChoice(code, name) for code, name in named.items())]


class TrailForm(FlaskForm):
    """Sent by GET; nothing is changed by it."""

    class Meta:
        csrf = False

    actor = SelectField(_l("Who"), choices=_choices(ACTORS), default="")
    person = StringField(
        _l("Name or e-mail address"), [Optional(), Length(max=100, message=_l("This is too long."))]
    )
    deed = SelectField(_l("What was done"), choices=_choices(DEEDS), default="")
    kind = SelectField(_l("With what"), choices=_choices(KINDS), default="")
    first_on = DateField(_l("From"), [Optional()])
    last_on = DateField(_l("To"), [Optional()])

    def validate_last_on(self, field: DateField) -> None:
        if self.first_on.data and field.data and field.data < self.first_on.data:
            raise ValidationError(str(_l("The last day lies before the first one.")))

    def given(self) -> dict[str, str]:
        """What is filled in, as it stands in an address."""
        return {
            f.name: value
            for f in self
            if (value := str(f._value() if hasattr(f, "_value") else f.data or ""))
        }
