"""How the limits of a control chart were computed, one click away."""

from __future__ import annotations

from flask_babel import gettext as _

from analysis.types import Unit
from analysis.wording import control
from analysis.wording.languages import phrase
from analysis.wording.numbers import in_unit, number
from survey.results.cards.control.series import Watched
from survey.results.view import View


def method(view: View, found: Watched) -> list[tuple[str, str]]:
    periods, chart = found.last
    unit, locale = periods[0].estimate.unit, view.locale
    first, last = (periods[place].label for place in chart.baseline)
    lines = [
        (_("Chart"), control.chart_name(chart, locale)),
        (_("Why this one"), control.chart_reason(chart, locale)),
        (_("Baseline"), baseline_text(found, first, last)),
    ]
    if chart.center is not None:
        center = chart.center * 100 if unit is Unit.PERCENT else chart.center
        lines.append((_("Centre line"), in_unit(center, unit)))
    if chart.sigma_z is not None:
        lines.append((_("Spread, in units of chance (Laney's sigma)"), number(chart.sigma_z, 2)))
    lines += [
        (_("Limits"), _("3 standard deviations to each side")),
        (_("Patterns looked for"), phrase(locale, "control_rules")),
        (_("Moving average"), phrase(locale, "control_moving")),
        (_("Called likely"), _("where at least three of these agree; each of them alone is often chance")),
    ]
    return lines


def baseline_text(found: Watched, first: str, last: str) -> str:
    """Which points set the limits."""
    if found.used:
        return _("%(first)s to %(last)s, frozen", first=first, last=last)
    return _("%(first)s to %(last)s: the first half of the points, 12 to 24 of them", first=first, last=last)
