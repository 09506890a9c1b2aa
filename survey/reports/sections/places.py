"""The main question by unit and by service type."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.charts import dots_with_whiskers
from analysis.wording import chart_text, group_sentence
from survey.reports.cells import figures_table
from survey.reports.reading import Read
from survey.results.cards import Card


def units(read: Read) -> Iterator[Card]:
    yield from _places(read, "units", "unit")


def services(read: Read) -> Iterator[Card]:
    yield from _places(read, "services", "service")


def _places(read: Read, code: str, first: str) -> Iterator[Card]:
    track = read.main
    rows = read.places(code, track, read.metric) if track else []
    if track is None or len(rows) < 2:
        return
    groups = [one.now for one in rows]
    overall = read.item(track, read.metric).now.estimate
    yield Card(
        code,
        read.say(code),
        read.say("asked", wording=read.wording(track)),
        [group_sentence(groups, read.locale)],
        n=overall.n or None,
        figure=dots_with_whiskers(groups, overall=overall, text=chart_text(read.locale)),
        table=figures_table(read, read.say(first), [(track, one) for one in rows]),
        wide=True,
    )
