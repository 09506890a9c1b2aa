"""Targets and figures from outside as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from analysis.statistics.attainment import Standing, attainment
from analysis.statistics.change import between
from analysis.types import Estimate
from analysis.wording.changes import parts_of
from analysis.wording.estimates import reason_text
from analysis.wording.languages import phrase
from analysis.wording.numbers import figure, in_unit, within

_BESIDE = {Standing.MET: "met", Standing.NOT_MET: "not_met", Standing.CANNOT_TELL: "within"}


def standing_word(standing: Standing, locale: str) -> str:
    return phrase(locale, f"target_word_{standing}")


def target_sentence(estimate: Estimate, target: float, at_most: bool, locale: str) -> str:
    """The figure's interval against the target; why there is none where there is none."""
    if estimate.low is None or estimate.high is None:
        return reason_text(estimate.reason, locale) if estimate.reason else figure(estimate, locale)
    standing = attainment(estimate, target, at_most=at_most)
    key = f"target_{'low_' if at_most else ''}{standing}"
    return phrase(locale, key, target=in_unit(target, estimate.unit), **_ends(estimate))


def target_name(value: float, estimate: Estimate, locale: str) -> str:
    """The name of a target's line in a chart."""
    return phrase(locale, "target_line", target=in_unit(value, estimate.unit))


def standings_sentence(standings: Iterable[Standing], locale: str) -> str:
    """How many are met, not met, and cannot be told."""
    counted = Counter(standings)
    return phrase(locale, "target_counts", **{str(standing): counted[standing] for standing in Standing})


def benchmark_sentence(estimate: Estimate, there: Estimate, locale: str) -> str:
    """Our figure beside one from outside: their difference where both have intervals, else which side it lies on.

    Both must be of one metric and scale.
    """
    if estimate.low is None or estimate.high is None or there.value is None:
        return reason_text(estimate.reason, locale) if estimate.reason else figure(estimate, locale)
    value = figure(there, locale)
    if there.low is None:
        side = _BESIDE[attainment(estimate, there.value)]
        return phrase(locale, f"benchmark_{side}", value=value, **_ends(estimate))
    found = replace(between(estimate, there), metric="mean")  # higher and lower: there are other people there
    parts = parts_of(found, locale)
    return phrase(locale, f"benchmark_{found.verdict}", figure=figure(estimate, locale), value=value, **parts)


def _ends(estimate: Estimate) -> dict[str, str]:
    ends = {"low": estimate.low or 0.0, "high": estimate.high or 0.0}
    return {name: in_unit(within(end, estimate), estimate.unit) for name, end in ends.items()}
