"""The customers of a case, told apart without who they are: by their number and the day of their answers."""

from __future__ import annotations

import uuid

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from survey.cases import queries
from survey.casework.forms import AnswerForm
from survey.distribute.forms import choices
from survey.errors import Invalid
from survey.models import Case
from survey.processing.letter_traces import mark

MOST = 200  # of a case with more, all are answered at once


def labels(case: Case) -> dict[str, str]:
    """By their mark; empty where there is one at most."""
    those = queries.responses(case)
    if len(those) < 2:
        return {}
    return {
        mark(one.id): _(
            "Customer %(number)s of %(all)s, %(day)s",
            number=number,
            all=len(those),
            day=format_date(one.submitted_on, "medium"),
        )
        for number, one in enumerate(those, 1)
    }


def offer(form: AnswerForm, case: Case) -> None:
    """Nothing is to be chosen where there is one customer."""
    known = labels(case)
    if not known or len(known) > MOST:
        del form.to
        return
    form.to.choices = choices([("", _("All of them")), *known.items()])


def response_of(case: Case, wanted: str) -> uuid.UUID:
    """Raises Invalid where the answers were deleted meanwhile."""
    for one in queries.responses(case):
        if mark(one.id) == wanted:
            return one.id
    raise Invalid(_l("Please choose one."), field="to")
