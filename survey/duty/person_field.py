"""Choosing a person in forms: a list; where there are very many, a text that takes names and addresses."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms.validators import StopValidation

from survey.unit_fields import UnitField, matching


class PersonField(UnitField):
    """The e-mail address of one of `choices`, or nothing."""

    def pre_validate(self, form: Any) -> None:
        if self.many:
            self.resolve()
        elif self.data and self.data not in dict(self.pairs):
            raise StopValidation(_("There is nobody of this name whom you may enter here."))

    def resolve(self) -> None:
        text = (self.data or "").strip()
        if not text:
            return
        self._found = matching(text, self.pairs)
        if len(self._found) != 1:
            self.data = ""
            several = _("Several people match; please give the e-mail address.")
            nobody = _("There is nobody of this name whom you may enter here.")
            raise StopValidation(several if self._found else nobody)
        self.data = self._found[0][0]
