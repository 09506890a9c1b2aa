"""All groups at once: one test over all, then the pairs with Holm's correction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from analysis.charts import dots_with_whiskers
from analysis.charts.difference import Difference, differences
from analysis.statistics.change import MARGIN, margin_on
from analysis.statistics.choose import Method
from analysis.statistics.compared_groups import GroupsCompared, compare_groups
from analysis.statistics.compared_groups import Pair as PairOfGroups
from analysis.statistics.metrics import METRICS
from analysis.types import Group, Scale, Verdict
from analysis.wording import chart_text, group_sentence
from analysis.wording.changes import difference_sentence
from analysis.wording.compared import groups_sentences, independent_sentence
from analysis.wording.languages import phrase
from survey.figures import group, scale_of
from survey.results.cards import Card
from survey.results.cards.furthest import furthest, many_units
from survey.results.comparing.choosing import Chosen
from survey.results.comparing.forms import NAMES
from survey.results.comparing.methods import rows_with_size
from survey.results.comparing.pair import nothing
from survey.results.tables import Cell, Table, difference_cells, figure_headers, groups_table, words
from survey.results.view import View

MOST_DRAWN = 15  # pairs in the picture
LEAST_IN_ORDER = 3  # of two, an average before and after proves nothing
MOST_LISTED = 100  # groups or pairs on the page; the file has all pairs
_JOIN = " – "


@dataclass(frozen=True)
class Many:
    view: View
    chosen: Chosen
    metric: str
    scale: Scale
    shown: Sequence[Group]
    hidden: int
    found: GroupsCompared

    @property
    def labels(self) -> dict[str, str]:
        return {one.key: one.label for one in self.shown}


def many_cards(view: View, chosen: Chosen, metric: str) -> Iterator[Card]:
    main = view.main
    scale = scale_of(main.track) if main else None
    if main is None or scale is None or chosen.groups is None:
        yield nothing(chosen.missing)
        return
    told = [
        group(
            code, chosen.labels[code], main.track, metric, counted, min_n=view.min_n, shown=chosen.told(code)
        )
        for code, counted in chosen.groups.items()
    ]
    shown = [one for one in told if one.distribution is not None and one.estimate.n]
    hidden = sum(one.distribution is None for one in told)
    counted = {one.key: one.distribution for one in shown if one.distribution}
    found = compare_groups(counted, metric, scale, ordered=chosen.ordered)
    many = Many(view, chosen, metric, scale, shown, hidden, found)
    if len(shown) < (LEAST_IN_ORDER if chosen.ordered else 2):
        yield nothing(
            group_sentence(told, view.locale),
            _("Please choose at least three months that many people answered in.")
            if chosen.ordered
            else _("Please choose a longer period, or compare by something else."),
        )
        return
    yield _pairs(many)
    yield _groups(many, told)


def _pairs(many: Many) -> Card:
    view, locale = many.view, many.view.locale
    pairs = sorted(map(_upward, many.found.pairs), key=_order)
    rows = [_row(many, pair) for pair in pairs[:MOST_DRAWN]]
    rule = METRICS[many.metric]
    tested = many.found.tested
    note = ""
    if len(pairs) > MOST_DRAWN:
        note = _("The picture has the %(n)s clearest pairs; the file has all.", n=MOST_DRAWN)
    return Card(
        code="difference",
        title=_title(many),
        asked=view.wording(view.main) if view.main else "",
        sentences=[*many.chosen.notes, *groups_sentences(many.found, locale), independent_sentence(locale)],
        n=sum(one.estimate.n for one in many.shown),
        figure=differences(
            rows,
            margin=margin_on(MARGIN, rule.unit, rule.bounds(many.scale)),
            title=phrase(locale, "compared_axis_groups"),
            unimportant=phrase(locale, "compared_unimportant"),
        )
        if rows
        else None,
        table=_table(many, pairs[:MOST_LISTED]) if pairs else None,
        file=(lambda: _table(many, pairs)) if len(pairs) > MOST_LISTED else None,
        wide=True,
        note=note,
        method=rows_with_size(tested, rule.kind, locale, many.found.groups) if tested else (),
    )


def _title(many: Many) -> str:
    tested = many.found.tested
    if tested and tested.choice.test is Method.COCHRAN_ARMITAGE:
        return _("Rise or fall over the months")
    return _("Differences between %(groups)s", groups=str(NAMES[many.chosen.by]).lower())


def _upward(pair: PairOfGroups) -> PairOfGroups:
    """The higher one first."""
    found = pair.comparison
    if found.difference is None or found.difference >= 0:
        return pair
    low, high = (None if end is None else -end for end in (found.high, found.low))
    turned = replace(found, difference=-found.difference, low=low, high=high)
    return PairOfGroups(pair.second, pair.first, turned, pair.p_holm)


def _order(pair: PairOfGroups) -> tuple[bool, float, float]:
    """Likely real first, by P."""
    comparison = pair.comparison
    p = 1.0 if pair.p_holm is None else pair.p_holm
    return comparison.verdict is not Verdict.LIKELY_REAL, p, -abs(comparison.difference or 0.0)


def _row(many: Many, pair: PairOfGroups) -> Difference:
    first, second = many.labels[pair.first], many.labels[pair.second]
    told = difference_sentence(pair.comparison, first, second, many.view.locale)
    return Difference(f"{first}{_JOIN}{second}", pair.comparison, told)


def _table(many: Many, pairs: Sequence[PairOfGroups]) -> Table:
    verdicts = {
        Verdict.LIKELY_REAL: _("likely real"),
        Verdict.CANNOT_TELL: _("cannot tell"),
        Verdict.NO_IMPORTANT_DIFFERENCE: _("likely no important difference"),
    }
    rows: list[Sequence[Cell]] = [
        [
            words(f"{many.labels[pair.first]}{_JOIN}{many.labels[pair.second]}"),
            *difference_cells(pair.comparison)[:3],
            words(verdicts[pair.comparison.verdict]),
        ]
        for pair in pairs
    ]
    _figure, low, high, _n = figure_headers()
    return Table([_("Pair"), _("Difference"), low, high, _("Verdict")], rows)


def _groups(many: Many, told: Sequence[Group]) -> Card:
    view, locale, listed, note = many.view, many.view.locale, list(told), ""
    first = str(NAMES[many.chosen.by])
    if len(listed) > MOST_LISTED and many.chosen.groups is not None:
        numbers = METRICS[many.metric].numbers(many.scale)
        drawn = set(furthest(view, many.chosen.groups, numbers, many.chosen.told))
        listed = [one for one in told if one.key in drawn]
        note = many_units(len(told))
    return Card(
        code="groups",
        title=_("Each by itself"),
        asked=view.wording(view.main) if view.main else "",
        sentences=[group_sentence(told, locale)],
        note=note,
        figure=dots_with_whiskers(listed, overall=None, text=chart_text(locale)),
        table=groups_table(first, listed, locale),
        file=(lambda: groups_table(first, told, locale)) if note else None,
        wide=True,
    )
