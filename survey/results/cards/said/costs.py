"""What costs most: the ratings of those who mention a topic, beside all others."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from analysis.charts import cost_bars
from analysis.statistics import METRICS
from analysis.statistics.topic_scores import TopicScore, topic_scores
from analysis.types import Unit
from analysis.wording import chart_text, metric_name
from analysis.wording.topics import costs_told
from survey.figures import Subject, metrics_of, ratings_with
from survey.questions.definition import definition_of
from survey.results.cards.card import Card
from survey.results.cards.tabled import measured
from survey.results.tables import Cell, Table, figures, words
from survey.results.topic_study import TopicStudy
from survey.results.view import View


def costs(study: TopicStudy) -> Iterator[Card]:
    view, main = study.view, main_of(study.view)
    if main is None or main.track.scale is None or not view.told(main) or study.now is None:
        return
    metric, scale = _metric(main), main.track.scale
    mentioning = {
        topic: counts
        for topic, counts in ratings_with(view.person, view.filters, main).items()
        if topic in study.names
    }
    scores = topic_scores(view.total(main), mentioning, metric, scale, least=view.min_n)
    found = costs_told(scores, study.names, METRICS[metric].unit, view.locale)
    some = any(one.cost is not None for one in scores)
    yield Card(
        code="topic-costs",
        title=found.title,
        asked=f"{view.wording(main)} · {metric_name(metric, view.locale)}",
        sentences=found.sentences,
        n=sum(view.total(main)[value] for value in scale.values) if some else None,
        figure=cost_bars(scores, study.names, chart_text(view.locale)) if some else None,
        table=_table(scores, study) if some else None,
        method=(
            (_("Others"), _("all who rated and did not mention the topic, with a comment or without")),
            (_("Cost"), _("figure of all minus figure of the others: how far the whole lies from where it would be if those who mention the topic rated like the others")),
            (_("Intervals"), _("of the difference of the two groups, widened for the number of topics (Bonferroni), times the share of those who mention it")),
        ),
    )  # fmt: skip


def main_of(view: View) -> Subject | None:
    """The question with which topics are counted."""
    track = definition_of(view.version).main_track
    return view.subjects.get(track.code) if track else None


def _metric(main: Subject) -> str:
    """On which more is always better: of a reversed scale the plain mean is not."""
    own = metrics_of(main.track)[0]
    return "mean_100" if own == "mean" else own


def _table(scores: tuple[TopicScore, ...], study: TopicStudy) -> Table:
    heads = [
        _("Topic"),
        _("Of those who mention it"),
        _("n"),
        _("Of the others"),
        _("n"),
        _("Difference"),
        _("from"),
        _("to"),
        _("Cost to the whole"),
        _("from"),
        _("to"),
    ]
    return Table(heads, [_row(one, study) for one in scores])


def _row(one: TopicScore, study: TopicStudy) -> list[Cell]:
    sides = [figures(side, study.view.locale)[at] for side in (one.mentioned, one.others) for at in (0, 3)]
    of = one.difference
    ends = None if of.low is None or of.high is None else (of.low, of.high)
    decimals = 2 if of.unit is Unit.SCALE else 1
    return [
        words(study.names[one.topic]),
        *sides,
        *measured(of.difference, ends, decimals, signed=True),
        *measured(one.cost, one.interval, decimals, signed=True),
    ]
