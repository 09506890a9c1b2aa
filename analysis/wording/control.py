"""A control chart in words. No pattern is called a proof."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from analysis.statistics.control_charts import FEWEST, ControlChart, Event, Rule, Side, events
from analysis.types import Reason
from analysis.wording.languages import counted, phrase

Grain = Literal["day", "week", "month"]
Labels = Sequence[str]  # of the points of one chart, in their order

MOST_TOLD = (
    3  # likely events in sentences, the latest ones; of others one, if none is likely; the table has all
)


def periods(n: int, grain: Grain, locale: str) -> str:
    """So many days, weeks or months."""
    return counted(locale, f"control_{grain}s", n)


def control_title(chart: ControlChart, labels: Labels, locale: str) -> str:
    """What the chart found: the latest likely change, else a single unusual point, else nothing unusual."""
    found = events(chart.signals)
    likely = [event for event in found if event.likely]
    if likely:
        last = likely[-1]
        lasts = last.last >= _newest(chart)
        names = {"first": labels[last.main.first], "last": labels[last.last]}
        return phrase(locale, f"control_title_{'' if lasts else 'was_'}{last.side}", **names)
    if len(found) == 1 and found[0].main.rule is Rule.BEYOND and found[0].main.length == 1:
        return phrase(locale, "control_title_outside", first=labels[found[0].main.first])
    return phrase(locale, "control_title_pattern" if found else "control_title_steady")


def control_sentences(chart: ControlChart, labels: Labels, grain: Grain, locale: str) -> list[str]:
    """The latest events, likely ones first; or that there is none; or why there are no limits."""
    known = [place for place, value in enumerate(chart.values) if value is not None]
    if chart.reason is not None or not known:
        return [_missing(chart.reason, len(known), grain, locale)]
    found = sorted(events(chart.signals), key=lambda event: (event.likely, event.last), reverse=True)
    if not found:
        ends = {"first": labels[known[0]], "last": labels[known[-1]]}
        return [phrase(locale, "control_steady", periods=periods(len(known), grain, locale), **ends)]
    many = min(MOST_TOLD, sum(event.likely for event in found)) or 1
    told = [event_sentence(event, labels, grain, locale) for event in found[:many]]
    rest = len(found) - len(told)
    return [*told, *([counted(locale, "control_more", rest)] if rest else [])]


def pattern_text(event: Event, labels: Labels, grain: Grain, locale: str) -> str:
    """The strongest signal of an event, without a judgement; for tables and pointers."""
    signal = event.main
    many = "many_" if signal.rule is Rule.BEYOND and signal.length > 1 else ""
    name = f"control_{_NAMES[signal.rule]}_{many}{signal.side}"
    ends = {"first": labels[signal.first], "last": labels[signal.last]}
    return phrase(locale, name, periods=periods(signal.length, grain, locale), **ends)


_NAMES = {
    Rule.BEYOND: "beyond",
    Rule.TWO_OF_THREE: "two_of_three",
    Rule.FOUR_OF_FIVE: "four_of_five",
    Rule.RUN: "run",
    Rule.TREND: "trend",
    Rule.EWMA: "ewma",
}


def moving_sentences(chart: ControlChart, labels: Labels, locale: str) -> list[str]:
    """What the moving average says: the events that it is part of, or that it stays within its limits."""
    found = [signal for signal in chart.signals if signal.rule is Rule.EWMA]
    what = phrase(locale, "control_moving_told")
    if not found:
        return [what, phrase(locale, "control_moving_in")]
    last = found[-1]
    pattern = phrase(locale, f"control_ewma_{last.side}")
    return [what, phrase(locale, "control_moving_out", pattern=pattern, first=labels[last.first])]


def point_text(chart: ControlChart, place: int, locale: str) -> str:
    """What is unusual about one point; empty where nothing is."""
    at = place + chart.first
    of = [signal for signal in chart.signals if signal.first <= at <= signal.last]
    beyond = next((signal for signal in of if signal.rule is Rule.BEYOND), None)
    if beyond is not None:
        return phrase(locale, f"control_point_{'above' if beyond.side is Side.UP else 'below'}")
    return phrase(locale, "control_point_pattern") if of else ""


def chart_name(chart: ControlChart, locale: str) -> str:
    """Which kind of chart it is."""
    return phrase(locale, f"control_chart_{chart.kind}")


def chart_reason(chart: ControlChart, locale: str) -> str:
    """Why this kind was chosen."""
    return phrase(locale, f"control_why_{chart.kind}")


def _newest(chart: ControlChart) -> int:
    known = [place for place, value in enumerate(chart.values) if value is not None]
    return chart.first + known[-1]


def event_sentence(event: Event, labels: Labels, grain: Grain, locale: str) -> str:
    """One event, and how much it tells."""
    alone = event.main.rule is Rule.BEYOND and event.main.length == 1
    key = "control_likely" if event.likely else "control_once" if alone else "control_maybe"
    pattern = pattern_text(event, labels, grain, locale)
    return phrase(locale, key, pattern=pattern, first=labels[event.main.first])


def _missing(reason: Reason | None, known: int, grain: Grain, locale: str) -> str:
    if reason is Reason.NO_SPREAD:
        return phrase(locale, "control_no_spread")
    needed, there = periods(FEWEST, grain, locale), periods(known, grain, locale)
    return phrase(locale, "control_few", needed=needed, periods=there)
