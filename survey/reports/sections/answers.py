"""How often each answer was given, questions with the same answers in one picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.charts import diverging_bars, nps_bars
from analysis.types import Group
from analysis.wording import chart_text
from survey.figures import metrics_of
from survey.questions.base import Track
from survey.reports.cells import n_of
from survey.reports.reading import Read
from survey.results.cards import Card
from survey.results.labels import drawable, value_labels
from survey.results.tables import Cell, Table, whole, words


def answers(read: Read) -> Iterator[Card]:
    alike: dict[tuple[object, ...], list[Track]] = {}
    for track in read.scored:
        if drawable(track.scale):
            labels = tuple(value_labels(track, read.locale).items())
            alike.setdefault((metrics_of(track)[0], labels), []).append(track)
    for number, tracks in enumerate(alike.values(), start=1):
        title = read.say("answers") if len(alike) == 1 else read.say("answers_more", n=number)
        yield _together(read, f"answers-{number}", title, tracks)


def _together(read: Read, code: str, title: str, tracks: Sequence[Track]) -> Card:
    track, text = tracks[0], chart_text(read.locale)
    labels = value_labels(track, read.locale)
    groups = [read.item(one).now for one in tracks]
    scale = track.scale
    if scale is None:
        raise ValueError("only scales are drawn here")
    nps = metrics_of(track)[0] == "nps"
    drawn = nps_bars(groups, scale, text) if nps else diverging_bars(groups, scale, labels, text)
    rows = [[words(one.label), n_of(read, one), *_counted(one, labels)] for one in groups]
    table = Table([read.say("item"), read.say("n"), *labels.values()], rows)
    return Card(code, title, "", (), figure=drawn, table=table, wide=True)


def _counted(one: Group, labels: dict[str, str]) -> list[Cell]:
    told = one.distribution
    return [whole(told.counts.get(answer, 0) if told else None) for answer in labels]
