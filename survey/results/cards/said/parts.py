"""What is said of the chosen topic in particular: its sub-topics."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext

from analysis.charts import topic_bars
from analysis.statistics.topic_shares import Mentioned, Mentions, TopicShares, topic_shares
from analysis.wording import chart_text
from survey.figures import subtopics
from survey.names import subtopic_name
from survey.results.cards.card import Card
from survey.results.tables import Table, whole, words
from survey.results.topic_study import TopicStudy


def parts(study: TopicStudy) -> Iterator[Card]:
    """Not where no sub-topic is named. Counted from comments that a reader may read one by one."""
    view, topic = study.view, study.chosen
    counted, n = subtopics(view.person, view.filters, topic, without=view.selection.small_units)
    if n < view.min_n or not counted.keys() - {""}:
        return
    mentions = {code: Mentions(**of) for code, of in counted.items()}
    found = topic_shares(Mentioned(n, mentions))
    ordered = sorted(found, key=lambda one: (one.topic == "", -one.mentions.total, one.topic))
    names = {
        one.topic: subtopic_name(topic, one.topic, view.locale) if one.topic else _("In general")
        for one in ordered
    }
    yield Card(
        code="topic-parts",
        title=_("What is said of “%(topic)s” in particular", topic=study.names[topic]),
        asked="",
        sentences=[
            ngettext(
                "Of the newest comment about it.",
                "Of the newest %(num)s comments about it; one can name several.",
                n,
            )
        ],
        n=n,
        figure=topic_bars(ordered, names, chart_text(view.locale), axis="topics_axis_parts"),
        table=_table(ordered, names),
    )


def _table(found: list[TopicShares], names: dict[str, str]) -> Table:
    heads = [_("Sub-topic"), _("Negative"), _("Neutral"), _("Positive"), _("Undecided")]
    rows = []
    for one in found:
        of = one.mentions
        counts = (of.negative, of.neutral, of.positive, of.undecided)
        rows.append([words(names[one.topic]), *(whole(n) for n in counts)])
    return Table(heads, rows)
