"""By what an action was judged, for those who ask: one click away."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from analysis.statistics.choose import Choice, Method, Why
from analysis.statistics.series_effect import Change, SeriesEffect
from analysis.types import Comparison
from analysis.wording import method_name, method_reason
from analysis.wording.numbers import number
from survey.actions.evaluation import Course

_CHOICE = Choice(Method.INTERRUPTED_SERIES, Why.DATE_OF_CHANGE)


def how(course: Course, locale: str) -> Iterator[tuple[str, str]]:
    effect, found = course.effect, course.effect.comparison
    yield _("Periods used before and since"), f"{effect.before} + {effect.after}"
    if found is None:
        return
    if found.method == "interrupted_series":
        yield _("Method"), method_name(_CHOICE, locale)
        yield _("Why"), method_reason(_CHOICE, locale)
    else:
        yield (
            _("Method"),
            _("Difference in differences: the change here less the change there, of all answers"),
        )
        yield (
            _("Why"),
            _("There are not yet eight periods on each side, but there are units to compare with."),
        )
    yield from _difference(found)
    if effect.series is not None:
        yield from _fitted(effect.series)


def _fitted(fit: SeriesEffect) -> Iterator[tuple[str, str]]:
    if fit.level is None or fit.slope is None:
        return
    yield _("Jump at the start"), _change(fit.level)
    yield _("Change of slope, a period"), _change(fit.slope)
    if fit.rho is not None:
        yield _("Correlation of neighbouring periods (REML)"), number(fit.rho, 2)
    if fit.durbin_watson is not None:
        yield "Durbin–Watson", number(fit.durbin_watson, 2)


def _difference(found: Comparison) -> Iterator[tuple[str, str]]:
    if found.difference is not None:
        ends = (found.low, found.high) if found.low is not None and found.high is not None else None
        yield _("Mean effect since the start"), _change(Change(found.difference, ends))


def _change(of: Change) -> str:
    value = number(of.value, 2, signed=True)
    if of.interval is None:
        return value
    low, high = (number(end, 2, signed=True) for end in of.interval)
    return f"{value} ({low} … {high})"
