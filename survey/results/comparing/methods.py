"""Test, why, statistic, P and size of the effect: one click away."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from analysis.statistics.choose import Design, Kind, Method, Tested, choose
from analysis.statistics.compared import Compared
from analysis.statistics.metrics import METRICS
from analysis.wording import method_name, method_reason
from analysis.wording.compared import effect_name
from analysis.wording.languages import phrase
from analysis.wording.numbers import number
from analysis.wording.published_figure import p_text
from survey.results.comparing.mixes import Mix
from survey.tested import Rows, tested_rows


def method(compared: Compared, found: Sequence[Mix], margin: float, locale: str, *, follows: bool) -> Rows:
    """Of two sides. Where a period follows the other, which series is the right tool, and no P."""
    kind = METRICS[compared.comparison.metric].kind
    if follows:
        choice = choose(Design(kind, date_of_change=True))
        return [
            (_("Test"), method_name(choice, locale)),
            (_("Why this test"), method_reason(choice, locale)),
            *_sizes(compared, margin),
        ]
    rows = rows_with_size(compared.tested, kind, locale) if compared.tested else []
    if compared.ranks and compared.ranks.p is not None:
        name = phrase(locale, f"method_{Method.MANN_WHITNEY}")
        delta = number(compared.ranks.cliffs_delta or 0.0, 2)
        rows.append((_("Beside it: %(test)s", test=name), f"P = {p_text(compared.ranks.p)}, δ = {delta}"))
    rows += _sizes(compared, margin)
    for mix in found:
        odds = mix.adjusted.odds if mix.adjusted else None
        if odds and odds.odds_ratio is not None and odds.p is not None:
            told = f"{number(odds.odds_ratio, 2)}, P = {p_text(odds.p)}"
            rows.append((_("Mantel–Haenszel odds ratio by %(what)s", what=mix.name), told))
    return rows


def rows_with_size(tested: Tested, kind: Kind, locale: str, groups: int = 2) -> Rows:
    rows = tested_rows(tested, locale)
    name = effect_name(tested, kind, groups)
    if name and tested.effect is not None:
        rows.append((_("Size of the effect, %(name)s", name=name), number(tested.effect, 2)))
    return rows


def _sizes(compared: Compared, margin: float) -> Rows:
    rows = [
        (_("Called unimportant within"), f"±{number(margin, 2).rstrip('0').rstrip('.')}"),
        (_("Interval"), f"95%, {compared.comparison.method.replace('_', ' ')}"),
    ]
    if compared.detectable is not None:
        rows.append((_("Smallest difference these numbers could have shown"), number(compared.detectable, 1)))
    return rows
