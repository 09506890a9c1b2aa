"""What the labelling page sends: a comment and its label, or that the last label was a slip."""

from __future__ import annotations

import uuid

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import AnyOf, InputRequired, Regexp

from survey.models.checks import LABELS


class LabelForm(FlaskForm):
    comment = HiddenField(validators=[InputRequired(), Regexp(r"^[0-9a-f]{32}~[a-z][a-z0-9_]{0,39}$")])
    label = StringField(validators=[AnyOf(LABELS, message=_l("Please choose one of the labels."))])

    @property
    def key(self) -> tuple[uuid.UUID, str]:
        response, code = (self.comment.data or "").split("~")
        return uuid.UUID(hex=response), code


class EmptyForm(FlaskForm):
    """Nothing but the token against forged requests."""
