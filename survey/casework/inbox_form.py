"""The filters of the inbox: a GET form, so that every list is an address that can be shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from analysis.searching import Term, Unsearchable, terms
from survey.cases import inbox
from survey.cases.queries import causes
from survey.casework.wording import KINDS, SEVERITIES, STATES
from survey.cells import clean
from survey.distribute.forms import choices
from survey.figures import Places
from survey.locales import say
from survey.models import User
from survey.results.forms import Day, OneOf
from survey.unit_fields import UnitField

ANY = ("", _l("All"))
SHOWN = "shown"  # any state, in the address


def _offered(known: Mapping[str, Any], *first: tuple[str, Any]) -> list[SelectChoice]:
    return choices([*first, *known.items()])


class InboxForm(Form):
    search = StringField(
        _l("Words in what was said"),
        [Length(max=100, message=_l("At most %(n)s characters.", n=100))],
        filters=[lambda text: clean((text or "").strip())],
    )
    state = OneOf(_l("State"), choices=_offered(STATES, ("", _l("Open cases")), (SHOWN, _l("All"))))
    severity = OneOf(_l("Severity"), choices=_offered(SEVERITIES, ANY))
    kind = OneOf(_l("Kind"), choices=_offered(KINDS, ANY))
    unit = UnitField(_l("Unit"), shown_meanwhile=True)
    owner = OneOf(_l("Owner"))
    cause = OneOf(_l("Cause"))
    opened_from = Day(_l("Opened from"), name="from")
    opened_to = Day(_l("Opened until"), name="to")

    terms: Sequence[Term] = ()  # what is searched, once it was validated

    def validate_search(self, field: StringField) -> None:
        try:
            self.terms = terms(field.data or "")
        except Unsearchable:
            raise ValidationError(_l("Please look for words of letters or digits.")) from None

    def offer(self, places: Places, owners: list[User], locale: str) -> None:
        self.unit.choices = choices([ANY, *places.offered(locale)])
        people = [(str(one.id), one.name or one.email) for one in owners]
        self.owner.choices = choices([ANY, ("none", _l("Nobody")), *people])
        tree = [(str(one.id), "\u2003" * depth + say(one.names, locale)) for depth, one in causes()]
        self.cause.choices = choices([ANY, *tree])

    def wanted(self, view: str, places: Places, timezone: str) -> inbox.Wanted:
        """After `validate`: what was wrong is told beside its field and left out."""
        unit = places.named(self.unit.data or "")
        state = self.state.data or inbox.OPEN
        wrong = bool(self.search.errors)
        return inbox.Wanted(
            view=view,
            state="" if state == SHOWN else state,
            severity=self.severity.data or "",
            kind=self.kind.data or "",
            unit_path=unit.path if unit else "",
            owner=self.owner.data or "",
            cause=int(self.cause.data) if self.cause.data else None,
            first_on=self.opened_from.data,
            last_on=self.opened_to.data,
            number="" if wrong else self.search.data or "",
            terms=() if wrong else self.terms,
            timezone=timezone,
        )
