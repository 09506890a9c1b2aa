"""How a test is told, one click away: which, why, and what it gave."""

from __future__ import annotations

from flask_babel import gettext as _

from analysis.statistics.choose import Tested
from analysis.wording import method_name, method_reason
from analysis.wording.numbers import number
from analysis.wording.published_figure import p_text

Rows = list[tuple[str, str]]


def tested_rows(tested: Tested, locale: str) -> Rows:
    """Name and value; what a test does not have is left out."""
    rows = [
        (_("Test"), method_name(tested.choice, locale)),
        (_("Why this test"), method_reason(tested.choice, locale)),
    ]
    if tested.statistic is not None:
        rows.append((_("Statistic"), number(tested.statistic, 3)))
    if tested.df is not None:
        rows.append((_("Degrees of freedom"), f"{tested.df:.4g}"))
    if tested.p is not None:
        rows.append(("P", p_text(tested.p)))
    return rows
