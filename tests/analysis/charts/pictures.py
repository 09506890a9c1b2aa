"""Groups and every chart of them, for the tests of all charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from analysis.charts import (
    Figure,
    choice_bars,
    diverging_bars,
    dots_with_whiskers,
    heatmap,
    nps_bars,
    sentiment_bars,
    trend,
)
from analysis.charts.theme import is_shown
from analysis.statistics import SENTIMENTS, csat, merge, nps, sentiment_balance
from analysis.types import Distribution, Group, Scale
from analysis.wording import ChartText, chart_text
from tests.analysis.statistics.strategies import FIVE, TEN

TEXT = chart_text("en")
VALUES = {"1": "very poor", "2": "poor", "3": "neither", "4": "good", "5": "very good"}


def rated(label: str, *counts: int, key: str = "") -> Group:
    """A group whose counts of 1, 2, 3, 4, 5 are given."""
    distribution = Distribution(dict(zip(FIVE.values, counts, strict=True)))
    return Group(key or label, label, csat(distribution, FIVE), distribution)


def as_nps(group: Group) -> Group:
    """The same answers on 0 to 10; a hidden group stays as it is."""
    if not is_shown(group):
        return group
    spread = {str(number): 0 for number in range(11)}
    if group.distribution:
        spread |= {str(2 * int(key)): count for key, count in group.distribution.counts.items()}
    distribution = Distribution(spread)
    return Group(group.key, group.label, nps(distribution, TEN), distribution)


def as_sentiment(group: Group) -> Group:
    """The same answers as tones of comments; a hidden group stays as it is."""
    if not is_shown(group):
        return group
    counts = group.distribution.counts if group.distribution else {}
    distribution = Distribution(
        {
            "negative": counts.get("1", 0) + counts.get("2", 0),
            "neutral": counts.get("3", 0),
            "positive": counts.get("5", 0),
        }
    )
    return Group(group.key, group.label, sentiment_balance(distribution, SENTIMENTS), distribution)


def dots(groups: Sequence[Group], text: ChartText = TEXT) -> Figure:
    known = merge(group.distribution for group in groups if group.distribution and is_shown(group))
    return dots_with_whiskers(groups, overall=csat(known, FIVE), text=text)


def line(groups: Sequence[Group], text: ChartText = TEXT) -> Figure:
    return trend([groups[:2], groups[2:]], text)


def bars(groups: Sequence[Group], text: ChartText = TEXT) -> Figure:
    return diverging_bars(groups, FIVE, VALUES, text)


def nps_parts(groups: Sequence[Group], text: ChartText = TEXT) -> Figure:
    return nps_bars([*map(as_nps, groups)], TEN, text)


def tone(groups: Sequence[Group], text: ChartText = TEXT) -> Figure:
    return sentiment_bars([*map(as_sentiment, groups)], text)


def choices(groups: Sequence[Group], text: ChartText = TEXT) -> Figure:
    return choice_bars(groups[0], {"5": groups[0].label}, text)


def squares(groups: Sequence[Group], text: ChartText = TEXT) -> Figure:
    labelled = [(group.key, group.label) for group in groups]
    cells = {(group.key, group.key): group.estimate for group in groups}
    cells |= {(one.key, two.key): two.estimate for one, two in pairwise(groups)}
    return heatmap(labelled, labelled, cells, text)


CHARTS: list[Callable[..., Figure]] = [dots, line, bars, nps_parts, tone, choices, squares]

THREE_LEVELS = Scale({"1": 1, "2": 2, "3": 3}, frozenset({"3"}))
