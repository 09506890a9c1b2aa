"""How cases are followed up, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.statistics.waiting_times import Quantile
from analysis.types import Estimate, Reason
from analysis.wording.languages import phrase
from analysis.wording.numbers import figure, number

_MOST = 0.8  # a Pareto sentence names the causes that make up so much


def duration(hours: float, locale: str) -> str:
    """A time as people say it: 25 min, 3.5 h, 4.2 days."""
    if hours < 1:
        return phrase(locale, "cases_minutes", n=number(hours * 60, 0))
    if hours < 48:
        return phrase(locale, "cases_hours", n=number(hours, 1))
    return phrase(locale, "cases_days", n=number(hours / 24, 1))


def time_sentences(median: Quantile, late: Quantile, within: Estimate, least: int, locale: str) -> list[str]:
    """Median with its interval, 90th percentile, share within the limit and what is still open. `least`: the smallest n shown."""
    if median.n == 0:
        return [phrase(locale, "cases_none")]
    if median.reason is Reason.SUPPRESSED:
        return [phrase(locale, "cases_few", n=least)]
    told = [_median(median, locale)]
    if late.value is not None:
        told.append(phrase(locale, "cases_late", value=duration(late.value, locale)))
    else:
        told.append(phrase(locale, "cases_late_none"))
    if within.value is not None:
        part = f"{round(within.value * within.n / 100):,}"
        share = figure(within, locale)
        told.append(phrase(locale, "cases_within", share=share, part=part, whole=f"{within.n:,}"))
    if median.n > median.over:
        told.append(phrase(locale, "cases_open", open=f"{median.n - median.over:,}", n=f"{median.n:,}"))
    return told


def _median(median: Quantile, locale: str) -> str:
    if median.value is None:
        return phrase(locale, "cases_not_yet")
    value = duration(median.value, locale)
    if median.low is None:
        return phrase(locale, "cases_median_alone", value=value)
    low = duration(median.low, locale)
    if median.high is None:
        return phrase(locale, "cases_median_from", value=value, low=low)
    return phrase(locale, "cases_median", value=value, low=low, high=duration(median.high, locale))


def pareto_sentence(names: Sequence[str], counts: Sequence[int], locale: str) -> str:
    """How few causes make up most of the cases; empty where there are none. Counts from the largest to the smallest."""
    whole, running = sum(counts), 0
    for at, count in enumerate(counts, start=1):
        running += count
        if running >= _MOST * whole:
            share = f"{number(100 * running / whole, 0)}%"
            if at == 1:
                return phrase(locale, "cases_pareto_one", name=names[0], share=share)
            return phrase(locale, "cases_pareto", causes=at, all=len(counts), share=share)
    return ""
