"""The questions, each with its satisfaction or its score."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.wording import metric_name, question_sentences
from survey.figures import metrics_of
from survey.questions.base import Track
from survey.reports.cells import figures_table
from survey.reports.reading import Figured, Read
from survey.results.cards import Card


def items(read: Read) -> Iterator[Card]:
    rows = satisfaction(read)
    if rows:
        told = [one.now for _track, one in rows]
        sentences = question_sentences(told, read.locale) if len(rows) > 1 else ()
        table = figures_table(read, read.say("item"), rows)
        yield Card("items", read.say("items"), "", sentences, table=table, wide=True)


def others(read: Read) -> Iterator[Card]:
    """NPS and CES, each on a scale of its own."""
    for number, (track, one) in enumerate(scores(read), start=1):
        metric = one.now.estimate.metric
        title = f"{read.say('others')}: {metric_name(metric, read.locale)}"
        table = figures_table(read, read.say("item"), [(track, one)])
        yield Card(f"score-{number}", title, "", (), table=table, wide=True)


def satisfaction(read: Read) -> list[tuple[Track, Figured]]:
    return [(one, read.item(one, "csat")) for one in read.scored if "csat" in metrics_of(one)]


def scores(read: Read) -> list[tuple[Track, Figured]]:
    other = [one for one in read.scored if one.metric in ("nps", "ces")]
    return [(one, read.item(one, one.metric or "")) for one in other]
