"""Control charts: points, centre line, the usual range, the baseline, and the points that belong to a pattern."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from analysis.charts import theme
from analysis.charts.control_traces import Line, Point, drawn
from analysis.statistics.control_charts import ControlChart, events
from analysis.types import Estimate, Group, Unit
from analysis.wording.chart_text import ChartText
from analysis.wording.control import point_text
from analysis.wording.languages import phrase
from analysis.wording.numbers import in_unit, number

HEIGHT = 320
MOVING_HEIGHT = 240

Stretch = tuple[Sequence[Group], ControlChart]
"""Periods under one wording, and their chart, whose indexes count from the first of them."""


def control_chart(stretches: Sequence[Stretch], text: ChartText) -> theme.Figure:
    """One stretch for each wording; periods without a figure are gaps. Shares (0…1) are drawn in percent."""
    lines = [_line(periods, chart, start, text) for start, (periods, chart) in _placed(stretches)]
    periods = [period for part, _ in stretches for period in part]
    estimates = [
        replace(period.estimate, value=point.value, low=point.low, high=point.high)
        for period, point in zip(periods, chain.from_iterable(line.points for line in lines), strict=True)
    ]
    first = estimates[0] if estimates else None
    axis = theme.value_axis(first.unit, theme.range_of(estimates), text.metric(first.metric)) if first else {}
    return drawn(lines, periods, axis, HEIGHT, text)


def moving_chart(stretches: Sequence[Stretch], text: ChartText) -> theme.Figure:
    """The moving averages of the same stretches: of shares in standard deviations, of means in their unit."""
    lines = [_moving(periods, chart, start, text) for start, (periods, chart) in _placed(stretches)]
    periods = [period for part, _ in stretches for period in part]
    ends = [
        end
        for line in lines
        for point in line.points
        for end in (point.value, point.low, point.high)
        if end is not None
    ]
    low, high = min(ends, default=-1.0), max(ends, default=1.0)
    margin = (high - low or 1.0) * 0.06
    title = text.metric(periods[0].estimate.metric) if periods else ""
    if periods and periods[0].estimate.unit is Unit.PERCENT:
        title = phrase(text.locale, "control_deviations")
    axis = theme.value_axis(Unit.SCALE, (low - margin, high + margin), title)
    return drawn(lines, periods, axis, MOVING_HEIGHT, text)


def _placed(stretches: Sequence[Stretch]) -> Iterable[tuple[int, Stretch]]:
    start = 0
    for stretch in stretches:
        yield start, stretch
        start += len(stretch[0])


def _line(periods: Sequence[Group], chart: ControlChart, start: int, text: ChartText) -> Line:
    factor = 100.0 if periods and periods[0].estimate.unit is Unit.PERCENT else 1.0
    marks = _marks(chart)
    points = []
    for place, period in enumerate(periods):
        low, high = _scaled(chart.lower, place, factor), _scaled(chart.upper, place, factor)
        lines = [*text.hover(period), *_usual(low, high, period.estimate, text)]
        said = point_text(chart, place, text.locale)
        value = period.estimate.value
        lines += [said] if said and value is not None else []
        points.append(
            Point(start + place, value, low, high, marks.get(place, "") if said else "", period.key, lines)
        )
    center = None if chart.center is None else chart.center * factor
    return Line(points, center, _baseline(chart, start))


def _moving(periods: Sequence[Group], chart: ControlChart, start: int, text: ChartText) -> Line:
    average = chart.ewma
    if average is None:
        return Line(
            [Point(start + i, None, None, None, "", p.key, []) for i, p in enumerate(periods)], None, None
        )
    points = []
    for place, period in enumerate(periods):
        value = average.z[place]
        mark = "pattern" if place in average.signals else ""
        lines = [period.label, *([] if value is None else [number(value, 2)])]
        points.append(
            Point(start + place, value, average.lower[place], average.upper[place], mark, period.key, lines)
        )
    share = bool(periods) and periods[0].estimate.unit is Unit.PERCENT
    return Line(points, 0.0 if share else chart.center, None)


def _scaled(ends: Sequence[float | None], place: int, factor: float) -> float | None:
    end = ends[place] if ends else None
    return None if end is None else end * factor


def _usual(low: float | None, high: float | None, estimate: Estimate, text: ChartText) -> list[str]:
    if low is None or high is None or estimate.value is None:
        return []
    ends = {"low": in_unit(low, estimate.unit), "high": in_unit(high, estimate.unit)}
    return [phrase(text.locale, "control_limits", **ends)]


def _marks(chart: ControlChart) -> dict[int, str]:
    found: dict[int, str] = {}
    for event in events(chart.signals):
        for signal in event.signals:
            for place in range(signal.first, signal.last + 1):
                if event.likely or place not in found:
                    found[place] = "likely" if event.likely else "pattern"
    return found


def _baseline(chart: ControlChart, start: int) -> tuple[int, int] | None:
    return None if chart.center is None else (start + chart.baseline[0], start + chart.baseline[1])
