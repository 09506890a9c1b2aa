"""The tone of the comments: shares with their intervals, and by unit."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.charts import sentiment_bars
from analysis.statistics import shares
from analysis.types import Group
from analysis.wording import change_sentence, chart_text, estimate_sentence
from survey.reports.cells import NOTHING, interval, n_of
from survey.reports.reading import Figured, Read
from survey.results.cards import Card
from survey.results.tables import Table, whole, words

BALANCE = "sentiment_balance"


def comments(read: Read) -> Iterator[Card]:
    one = tone(read)
    if one is None:
        return
    groups = [row.now for row in read.places("comments_by_unit", read.said[0], BALANCE)]
    drawn = any(group.distribution for group in groups)
    yield Card(
        "comments",
        read.say("comments"),
        "",
        told(read, one),
        n=one.now.estimate.n or None,
        figure=sentiment_bars(groups, chart_text(read.locale)) if drawn else None,
        table=_table(read, one.now),
        wide=True,
    )


def tone(read: Read) -> Figured | None:
    """Of all comments together; None where none is asked for."""
    pair = read.snapshot["comments"]
    return read.figured(BALANCE, read.say("comments"), read.said[0], BALANCE, pair) if pair else None


def told(read: Read, one: Figured) -> list[str]:
    change = change_sentence(one.now.change, read.locale) if one.told and one.now.change else ""
    return [estimate_sentence(one.now.estimate, read.locale, read.min_n), change]


def _table(read: Read, one: Group) -> Table:
    headers = [read.say(name) for name in ("tone", "n", "number", "share", "low", "high")]
    found = shares(one.distribution) if one.distribution else {}
    rows = []
    for name in ("positive", "neutral", "negative"):
        share = found.get(name)
        if share is None or one.distribution is None:
            continue
        cells = interval(Group(name, name, share))
        number = whole(one.distribution.counts[name])
        rows.append([words(read.say(name)), n_of(read, one), number, *cells])
    beside = one.distribution.undecided if one.distribution else 0
    if beside:
        rows.append([words(read.say("undecided")), NOTHING, whole(beside), *[NOTHING] * 3])
    return Table(headers, rows)
