"""Two sides: the difference first, then who answered, then what they answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext as _

from analysis.charts import diverging_bars, nps_bars
from analysis.charts.difference import Difference, differences
from analysis.statistics.change import MARGIN, margin_on
from analysis.statistics.compared import Compared, compare
from analysis.statistics.metrics import METRICS
from analysis.types import Comparison, Distribution, Group, Scale
from analysis.wording import chart_text
from analysis.wording.changes import difference_sentence
from analysis.wording.compared import (
    at_one_mix_sentence,
    change_date_sentence,
    comparison_title,
    detectable_sentence,
    independent_sentence,
    order_sentence,
    plain_difference,
    sides_sentence,
)
from analysis.wording.languages import phrase
from survey.figures import scale_of
from survey.results.cards import Card
from survey.results.comparing.choosing import Chosen, few
from survey.results.comparing.methods import method
from survey.results.comparing.mix_cards import mix_cards, mix_told
from survey.results.comparing.mixes import Mix, mixes
from survey.results.comparing.sides import Side, follow
from survey.results.labels import drawable, value_labels
from survey.results.tables import Cell, Table, counts_table, difference_cells, figure_headers, figures, words
from survey.results.view import View


@dataclass(frozen=True)
class Pair:
    view: View
    chosen: Chosen
    sides: tuple[Side, Side]
    metric: str
    scale: Scale

    @cached_property
    def groups(self) -> tuple[Group, Group]:
        first, second = (side.told(self.metric) for side in self.sides)
        return first, second

    @cached_property
    def compared(self) -> Compared:
        first, second = (group.distribution or Distribution({}) for group in self.groups)
        return compare(first, second, self.metric, self.scale)

    @property
    def comparison(self) -> Comparison:
        return self.compared.comparison

    @cached_property
    def mixes(self) -> list[Mix]:
        return list(mixes(self.view, self.chosen.by, self.sides, self.metric, self.scale))

    @property
    def names(self) -> tuple[str, str]:
        return self.sides[0].label, self.sides[1].label

    @cached_property
    def follows(self) -> bool:
        """Two periods, one right after the other: what a date of change looks like."""
        return (
            self.sides[0].filters != self.sides[1].filters
            and self.chosen.by == "period"
            and follow(*self.sides)
        )

    @property
    def margin(self) -> float:
        rule = METRICS[self.metric]
        return margin_on(MARGIN, rule.unit, rule.bounds(self.scale))

    @cached_property
    def rows(self) -> list[Difference]:
        """As answered, and at one mix by what differs materially."""
        locale = self.view.locale
        found = [(phrase(locale, "compared_raw"), self.comparison)]
        found += [
            (phrase(locale, "compared_adjusted", what=mix.name), mix.adjusted.comparison)
            for mix in self.mixes
            if mix.adjusted and mix.adjusted.comparison.difference is not None
        ]
        return [
            Difference(label, one, "" if self.follows else difference_sentence(one, *self.names, locale))
            for label, one in found
        ]


def pair_cards(view: View, chosen: Chosen, sides: tuple[Side, Side], metric: str) -> Iterator[Card]:
    scale = scale_of(sides[0].subject.track)
    if scale is None:
        raise ValueError("only scales are compared here")
    pair = Pair(view, chosen, sides, metric, scale)
    if any(group.distribution is None for group in pair.groups):
        yield nothing(few())
        return
    yield _difference(pair)
    if pair.comparison.difference is not None:
        yield from mix_cards(view, pair.mixes, pair.names)
        yield from _answers(pair)


def nothing(*told: str) -> Card:
    """What is missing and what to do, in place of a comparison."""
    return Card("difference", _("There is nothing to compare yet"), "", list(told), wide=True)


def _difference(pair: Pair) -> Card:
    view, locale = pair.view, pair.view.locale
    sentences = [*pair.chosen.notes, *_sentences(pair)]
    if pair.comparison.difference is None:
        return nothing(*sentences)
    title = comparison_title(pair.comparison, *pair.names, locale)
    if pair.follows:
        title = phrase(locale, "compared_title_follow", first=pair.names[0], second=pair.names[1])
    axis = phrase(locale, "compared_axis")
    return Card(
        code="difference",
        title=title,
        asked=view.wording(pair.sides[0].subject),
        sentences=sentences,
        n=sum(group.estimate.n for group in pair.groups),
        figure=differences(
            pair.rows, margin=pair.margin, title=axis, unimportant=phrase(locale, "compared_unimportant")
        ),
        table=_table(pair),
        wide=True,
        method=method(pair.compared, pair.mixes, pair.margin, locale, follows=pair.follows),
    )


def _sentences(pair: Pair) -> list[str]:
    locale, compared = pair.view.locale, pair.compared
    if pair.follows and pair.comparison.difference is not None:
        plain = plain_difference(pair.comparison, *pair.names, locale)
        return [plain, sides_sentence(*pair.groups, locale), change_date_sentence(locale), *_of_mix(pair)]
    told = [difference_sentence(pair.comparison, *pair.names, locale)]
    if pair.comparison.difference is None:
        return told
    told += [
        sides_sentence(*pair.groups, locale),
        detectable_sentence(compared, locale),
        order_sentence(compared, locale),
    ]
    return [*told, *_of_mix(pair), independent_sentence(locale)]


def _of_mix(pair: Pair) -> Iterator[str]:
    """Where different people answered: a warning, and the difference at one mix."""
    locale = pair.view.locale
    for mix in pair.mixes:
        if mix.material:
            yield mix_told(mix, pair.names, locale)
            if mix.adjusted and not pair.follows:
                yield at_one_mix_sentence(mix.adjusted.comparison, mix.name, *pair.names, locale)


def _table(pair: Pair) -> Table:
    locale = pair.view.locale
    rows: list[Sequence[Cell]] = [
        [words(group.label), *figures(group.estimate, locale)] for group in pair.groups
    ]
    rows += [
        [words(_("Difference, %(how)s", how=row.label)), *difference_cells(row.comparison)]
        for row in pair.rows
    ]
    return Table([_("Side"), *figure_headers()], rows)


def _answers(pair: Pair) -> Iterator[Card]:
    """What was answered on both sides."""
    view, track = pair.view, pair.sides[0].subject.track
    if not drawable(pair.scale):
        return
    labels, text = value_labels(track, view.locale), chart_text(view.locale)
    drawn = (
        nps_bars(pair.groups, pair.scale, text)
        if pair.metric == "nps"
        else diverging_bars(pair.groups, pair.scale, labels, text)
    )
    yield Card(
        code="answers",
        title=_("What was answered on both sides"),
        asked=view.wording(pair.sides[0].subject),
        sentences=[],
        n=sum(group.estimate.n for group in pair.groups),
        figure=drawn,
        table=counts_table(_("Side"), pair.groups, labels, view.locale),
        wide=True,
    )
