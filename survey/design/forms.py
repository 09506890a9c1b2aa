"""The form with which a definition is sent."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import SubmitField, TextAreaField

from survey.design.source import LARGEST


class DefinitionForm(FlaskForm):
    file = FileField(_l("JSON file"), render_kw={"accept": ".json,application/json"})
    text = TextAreaField(_l("or the definition as text"), render_kw={"spellcheck": "false", "rows": "24"})
    submit = SubmitField(_l("Save as draft"))

    def source(self) -> bytes:
        """What was sent: the file where one was chosen, else the text."""
        sent: Any = self.file.data
        if isinstance(sent, FileStorage) and sent.filename:
            return sent.read(LARGEST + 1)
        text: str = self.text.data or ""
        return text.encode("utf-8", "replace")
