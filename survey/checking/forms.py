"""What somebody copies out of a report; GET forms, so that a check is an address that can be shared."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from analysis.statistics.published_means import Answers, PrintedMean
from analysis.statistics.published_p import ClaimedP
from analysis.statistics.published_shares import PrintedShare
from survey.checking import reading
from survey.checking.reading import LONGEST, Unreadable

R = TypeVar("R")
_NEEDED = [
    InputRequired(message=_l("Please fill this in.")),
    Length(max=LONGEST, message=_l("This is too long.")),
]
_MAY_BE = [Optional(), Length(max=LONGEST, message=_l("This is too long."))]


class Figures(Form):
    """Two groups or one, and the P that is claimed of them."""

    first = StringField(_l("First group, as printed"), _NEEDED)
    first_n = StringField(_l("n"), _MAY_BE)
    second = StringField(_l("Second group, as printed"), _MAY_BE)
    second_n = StringField(_l("n"), _MAY_BE)
    p = StringField(_l("P as printed"), _MAY_BE)

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if good and self.p.data and not self.second.data:
            self._wrong(self.second, _l("P is about two groups: please give the second one too."))
        return good and not self.errors

    def _wrong(self, field: Any, said: Any) -> None:
        field.errors = [*field.errors, said]

    def read(self, read: Callable[[], R], field: Any) -> R | None:
        """What stands in the field; None with the error beside it where it cannot be read."""
        try:
            return read()
        except Unreadable as error:
            self._wrong(field, error.said)
            return None

    def both(self, read: Callable[[str, str], R]) -> list[R]:
        """The groups that are given and can be read."""
        found = [
            self.read(partial(read, field.data, n.data or ""), field)
            for field, n in ((self.first, self.first_n), (self.second, self.second_n))
            if field.data
        ]
        return [one for one in found if one is not None]

    def claim(self) -> ClaimedP | None:
        return self.read(lambda: reading.claimed_p(self.p.data or ""), self.p) if self.p.data else None


class SharesForm(Figures):
    def groups(self) -> list[PrintedShare]:
        return self.both(reading.share)


class MeansForm(Figures):
    lowest = StringField(_l("Lowest answer"), _MAY_BE)
    highest = StringField(_l("Highest answer"), _MAY_BE)
    range_is = SelectField(
        _l("These are"),
        name="range",
        choices=[
            SelectChoice("scale", _l("the ends of the scale")),
            SelectChoice("observed", _l("answers that were given (observed range)")),
        ],
        default="scale",
        validate_choice=False,
    )
    numbers = SelectField(
        _l("Answers are"),
        choices=[
            SelectChoice("whole", _l("whole numbers, such as points")),
            SelectChoice("any", _l("any numbers, such as times or averages")),
        ],
        default="whole",
        validate_choice=False,
    )

    def groups(self) -> list[PrintedMean]:
        groups = self.both(reading.mean)
        if len(groups) == 2:
            for one, field in zip(groups, (self.first, self.second), strict=True):
                if one.sd is None:
                    self._wrong(field, _l("Two means are compared by their SDs: please give mean±SD."))
        return groups

    def answers(self) -> Answers:
        lowest, highest = (
            self.read(partial(reading.end, field.data), field) if field.data else None
            for field in (self.lowest, self.highest)
        )
        if (lowest is None) != (highest is None) and not (self.lowest.errors or self.highest.errors):
            self._wrong(
                self.highest if highest is None else self.lowest, _l("Please give both ends of the range.")
            )
        if lowest is not None and highest is not None and lowest >= highest:
            self._wrong(self.highest, _l("The highest answer must lie above the lowest."))
        observed, whole = self.range_is.data == "observed", self.numbers.data == "whole"
        return Answers(lowest, highest, observed, whole)
