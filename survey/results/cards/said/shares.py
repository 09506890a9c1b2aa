"""How often each topic is complained of and praised, and what changed since the period before."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from analysis.charts import change_dots, topic_bars
from analysis.types import Comparison, Verdict
from analysis.wording import chart_text
from analysis.wording.languages import phrase
from analysis.wording.topics import changes_told, shares_told, without_told
from survey.results.cards.card import Card
from survey.results.tables import Cell, Table, difference_cells, end, figures, whole, words
from survey.results.topic_study import TopicStudy


def shares(study: TopicStudy) -> Iterator[Card]:
    view, now = study.view, study.now
    if now is None or study.heard is None:
        return
    found = shares_told(study.shares, study.names, view.locale)
    yield Card(
        code="topics",
        title=found.title,
        asked="",
        sentences=[
            *found.sentences,
            without_told(study.heard.without, now.n, view.locale),
        ],
        note=phrase(view.locale, "topics_machine"),
        n=now.n,
        figure=topic_bars(study.shares, study.names, chart_text(view.locale)),
        table=_shares_table(study),
        wide=True,
        method=(
            (_("Base"), _("all comments that say something; a comment can have several topics")),
            (_("Intervals"), _("Wilson's, at 95%")),
        ),
    )


def _shares_table(study: TopicStudy) -> Table:
    heads = [
        _("Topic"),
        _("Negative"),
        _("Neutral"),
        _("Positive"),
        _("Undecided"),
        _("Negative, share"),
        _("from"),
        _("to"),
        _("Positive, share"),
        _("from"),
        _("to"),
        _("Comments"),
    ]
    rows = []
    for one in study.shares:
        counts = one.mentions
        cells = [whole(n) for n in (counts.negative, counts.neutral, counts.positive, counts.undecided)]
        for share in (one.negative, one.positive):
            cells += figures(share, study.view.locale)[:1] + [end(share, share.low), end(share, share.high)]
        rows.append([words(study.names[one.topic]), *cells, whole(one.negative.n)])
    return Table(heads, rows)


def changes(study: TopicStudy) -> Iterator[Card]:
    view = study.view
    found = changes_told(study.shares, study.names, view.locale)
    some = study.before is not None
    yield Card(
        code="topic-changes",
        title=found.title,
        asked="",
        sentences=found.sentences,
        n=study.before.n if study.before else None,
        figure=change_dots(study.shares, study.names, chart_text(view.locale)) if some else None,
        table=_changes_table(study) if some else None,
        method=(
            (_("Method"), _("Newcombe's interval for the difference of two shares, widened for the number of topics (Bonferroni)")),
            (_("P"), _("of each comparison alone, in the table; chi-square or Fisher's exact test")),
        )
        if some
        else (),
    )  # fmt: skip


def _changes_table(study: TopicStudy) -> Table:
    side = [_("from"), _("to"), _("P"), _("Likely real")]
    heads = [_("Topic"), _("Complaints, change in points"), *side, _("Praise, change in points"), *side]
    rows = [
        [words(study.names[one.topic]), *_change(one.complaints), *_change(one.praise)]
        for one in study.shares
    ]
    return Table(heads, rows)


def _change(of: Comparison) -> list[Cell]:
    real = of.verdict is Verdict.LIKELY_REAL
    p = (
        Cell("–", None)
        if of.p is None
        else Cell("< 0.001" if of.p < 0.001 else f"{of.p:.3f}", round(of.p, 4))
    )
    return [*difference_cells(of)[:3], p, Cell(_("yes") if real else "", int(real))]
