"""A day in a form."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from wtforms import DateField

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


class Day(DateField):
    """A day as browsers send it; anything else is told so."""

    data: date | None

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0]:
            return
        try:
            self.data = date.fromisoformat(valuelist[0])
        except ValueError:
            self.data = None
            raise ValueError(_("Please give a day such as 2026-03-31.")) from None
        if not EARLIEST <= self.data <= LATEST:
            self.data = None
            raise ValueError(_("Please give a day between 2000 and 2099."))
