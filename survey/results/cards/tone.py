"""The sentiment of comments by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from flask_babel import format_decimal
from flask_babel import gettext as _

from analysis.charts import sentiment_bars
from analysis.statistics import METRICS
from analysis.statistics import SENTIMENTS as SENTIMENTS_SCALE
from analysis.types import Group, Reason
from analysis.wording import chart_text, group_sentence
from survey.figures import Dimension, counts, distribution, group, merged
from survey.names import SENTIMENTS
from survey.results.cards.card import Card
from survey.results.cards.furthest import MOST_UNITS, furthest, many_units
from survey.results.labels import unit_label
from survey.results.tables import counts_table
from survey.results.tiles import BALANCE
from survey.results.view import View


def _groups(view: View) -> Iterator[Group]:
    found = counts(view.person, view.filters, [s.series_id for s in view.said], [Dimension.UNIT])
    together: dict[int, Counter[str]] = {}
    for one in found.values():
        for (unit,), counted in merged(one, view.onto).items():
            together.setdefault(unit, Counter()).update(counted)
    track = view.said[0].track
    if len(together) > MOST_UNITS:
        numbers = METRICS[BALANCE].numbers(SENTIMENTS_SCALE)
        drawn = furthest(view, together, numbers, lambda unit: view.told_of(view.said, unit))
        together = {unit: together[unit] for unit in drawn}
    for unit, counted in together.items():
        label = unit_label(view.seen, unit, view.locale)
        shown = view.told_of(view.said, unit)
        yield group(str(unit), label, track, BALANCE, counted, min_n=view.min_n, shown=shown)


def _total(view: View) -> int:
    return sum(distribution(one.track, view.total(one)).n for one in view.said)


def _undecided(groups: list[Group]) -> Iterator[str]:
    """How many comments of the units shown are in no share because what they feel is not known."""
    told = [one.distribution for one in groups if one.distribution]
    count, decided = sum(one.undecided for one in told), sum(one.n for one in told)
    if count:
        yield _(
            "The sentiment of %(count)s of %(all)s comments is undecided; they are in no share.",
            count=format_decimal(count),
            all=format_decimal(count + decided),
        )


def _compared(view: View, groups: list[Group]) -> list[str]:
    """Not where only some are drawn."""
    return [group_sentence(groups, view.locale)] if len(view.sums) <= MOST_UNITS else []


def tone(view: View) -> Iterator[Card]:
    if not view.said:
        return
    groups = [one for one in _groups(view) if one.estimate.n or one.estimate.reason is Reason.SUPPRESSED]
    if not groups:
        return
    groups.sort(key=lambda one: (one.estimate.value is None, -(one.estimate.value or 0.0)))
    labels = {label: str(SENTIMENTS[label]) for label in ("negative", "neutral", "positive")}
    yield Card(
        code="sentiment",
        title=_("Sentiment of comments by unit"),
        asked="",
        sentences=[*_compared(view, groups), *_undecided(groups)],
        note=many_units(len(view.sums)) if len(view.sums) > MOST_UNITS else "",
        n=_total(view) if view.told(*view.said) else None,
        figure=sentiment_bars(groups, chart_text(view.locale))
        if groups[0].estimate.value is not None
        else None,
        table=counts_table(_("Unit"), groups, labels, view.locale, undecided=True),
        wide=True,
    )
