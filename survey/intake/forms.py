"""Forms of the import pages."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

OWN = ""
LARGEST_MAP = 100_000  # bytes


class UploadForm(FlaskForm):
    file = FileField(
        _l("File"), [FileRequired(_l("Please choose a file."))], description=_l("CSV, TSV or XLSX.")
    )
    example = SelectField(_l("Map"), default=OWN)
    map_file = FileField(_l("File with the map"), description=_l("TOML; says which column means what."))
    create_units = BooleanField(_l("Create units and service types that are not known yet"))

    def __init__(self, examples: Iterable[str]) -> None:
        super().__init__()
        self.example.choices = [
            SelectChoice(OWN, _l("From a file of mine")),
            *(SelectChoice(name, name) for name in examples),
        ]

    def validate_map_file(self, field: FileField) -> None:
        if not field.data and not self.example.data:
            raise ValidationError(str(_l("Please choose a file with a map, or one of the maps above.")))

    def map_text(self, examples: dict[str, str]) -> str:
        """Raises UnicodeDecodeError for what is no text in UTF-8."""
        if self.map_file.data:
            content: bytes = self.map_file.data.read(LARGEST_MAP)
            return content.decode("utf-8-sig")
        return examples[self.example.data]


class MapForm(FlaskForm):
    map = TextAreaField(_l("Map"), [InputRequired()], render_kw={"rows": 18, "spellcheck": "false"})
    create_units = BooleanField(_l("Create units and service types that are not known yet"))
