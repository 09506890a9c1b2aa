"""Below the control chart: which baseline holds, which held before, and the form for another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from analysis.statistics.control_charts import FEWEST
from survey.access import Act, may
from survey.errors import Invalid
from survey.models import Baseline
from survey.results import baselines
from survey.results.baseline_form import BaselineForm
from survey.results.cards.control import points_between
from survey.results.labels import unit_label
from survey.results.view import View


@dataclass(frozen=True, slots=True)
class Shown:
    """The baseline that holds and those before it; `form` only for those who may freeze another."""

    held: Baseline | None
    before: Sequence[Baseline]
    unit: str  # what it is for
    form: BaselineForm | None


def shown(view: View, form: BaselineForm | None = None) -> Shown | None:
    """None where there is nothing to have a baseline of."""
    if view.main is None:
        return None
    found = baselines.frozen(view, view.main)
    if form is None and may(view.person, Act.FREEZE_BASELINE):
        form = BaselineForm(formdata=None)
    unit = baselines.unit_of(view)
    name = _("everything") if unit is None else unit_label(view.seen, unit, view.locale)
    return Shown(found[0] if found else None, found[1:], name, form)


def freeze(view: View, form: BaselineForm) -> bool:
    """Whether the baseline was frozen; otherwise the form says beside what is wrong. The caller commits."""
    first_on, last_on = form.first_on.data, form.last_on.data
    if not form.validate() or view.main is None or first_on is None or last_on is None:
        return False
    try:
        baselines.check(view, first_on, last_on)
        _enough(view, first_on, last_on)
    except Invalid as error:
        field = form[error.field or "last_on"]
        field.errors = [*field.errors, error.message]
        return False
    baselines.freeze(view, view.main, first_on, last_on, form.reason.data or "")
    return True


def _enough(view: View, first_on: date, last_on: date) -> None:
    points = points_between(view, view.main, first_on, last_on) if view.main else 0
    if points < FEWEST:
        text = _(
            "A baseline needs %(needed)s points that can be shown; these days have %(points)s.",
            needed=FEWEST,
            points=points,
        )
        raise Invalid(text, field="last_on")
