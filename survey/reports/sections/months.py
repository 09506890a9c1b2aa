"""The main question month by month: a control chart where there are enough months, else the line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from analysis.charts import control_chart
from analysis.charts import trend as draw
from analysis.charts.control_chart import Stretch
from analysis.types import Group
from analysis.wording import chart_text, control
from survey.figures import group
from survey.figures.charting import chart_of, window_of
from survey.models import Baseline, Grain
from survey.questions.base import Track
from survey.reports.cells import interval, n_of, satisfied
from survey.reports.reading import Read
from survey.results.cards import Card
from survey.results.labels import period_label
from survey.results.tables import Cell, Table, whole


def months(read: Read) -> Iterator[Card]:
    track, found = read.main, stretches(read)
    if track is None or not found:
        return
    periods, chart = found[-1]
    labels = [one.label for one in periods]
    drawn = chart.reason is None
    text = chart_text(read.locale)
    yield Card(
        "months",
        control.control_title(chart, labels, read.locale) if drawn else read.say("months"),
        read.say("asked", wording=read.wording(track)),
        control.control_sentences(chart, labels, "month", read.locale),
        figure=control_chart(found, text) if drawn else draw([part for part, _chart in found], text),
        table=_table(read, found),
        wide=True,
        note=read.say("broken") if len(found) > 1 else "",
    )


def stretches(read: Read) -> list[Stretch]:
    held = _baseline(read)
    found: list[Stretch] = []
    for number, stretch in enumerate(read.snapshot["months"], start=1):
        periods = _periods(read, _track(read, stretch), stretch["months"])
        newest = number == len(read.snapshot["months"])
        window = window_of(periods, held, Grain.MONTH) if held and newest else None
        found.append((periods, chart_of(periods, window)))
    return found


def _track(read: Read, stretch: dict[str, object]) -> Track:
    return read.editions[int(str(stretch["version"]))][read.snapshot["main"]]


def _periods(read: Read, track: Track, months: Sequence[Sequence[object]]) -> list[Group]:
    made = []
    for key, counted in months:
        label = period_label(date.fromisoformat(str(key)), Grain.MONTH, read.locale)
        counts = counted if isinstance(counted, dict) else {}
        shown = counted is not None
        made.append(group(str(key), label, track, read.metric, counts, min_n=read.min_n, shown=shown))
    return made


def _baseline(read: Read) -> Baseline | None:
    days = read.snapshot["baseline"]
    if days is None:
        return None
    first, last = map(date.fromisoformat, days)
    return Baseline(first_on=first, last_on=last)


def _table(read: Read, found: Sequence[Stretch]) -> Table:
    shares = read.metric == "csat"
    rows = []
    for number, (periods, _chart) in enumerate(found):
        track = _track(read, read.snapshot["months"][number])
        for one in periods:
            counted = [n_of(read, one), *([whole(satisfied(track, one))] if shares else [])]
            rows.append([Cell(one.label, one.key[:7]), *counted, *interval(one)])
    figure = "csat" if shares else "score"
    names = ("month", "n", *(("satisfied",) if shares else ()), figure, "low", "high")
    return Table([read.say(name) for name in names], rows)
