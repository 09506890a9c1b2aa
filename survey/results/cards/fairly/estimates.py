"""The best estimate of each unit: its own figure moved towards the average, the more the fewer answered."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from analysis.charts import caterpillar
from analysis.statistics.shrinkage import shrunken_shares
from analysis.statistics.units_compared import UnitMeans, unit_means
from analysis.types import Group, Moved
from analysis.wording import chart_text, fairly
from analysis.wording.languages import phrase
from analysis.wording.numbers import number
from survey.results.cards.card import Card
from survey.results.cards.fairly.funnel import best_first, drawn_note
from survey.results.cards.fairly.units import Compared
from survey.results.tables import Cell, Table, figures, words
from survey.results.view import View


def estimates_card(view: View, found: Compared) -> Card:
    locale = view.locale
    means = unit_means(found.counts, found.numbers)
    moved, model = _moved(found, means)
    drawn = sorted((moved[at] for at in found.drawn), key=lambda one: best_first(one.group))
    return Card(
        code="estimates",
        title=phrase(locale, "fairly_shrunken_title"),
        asked="",
        sentences=[
            fairly.shrunken_sentence(moved, locale),
            *fairly.order_sentences(means.reliability, locale),
        ],
        n=sum(found.n),
        figure=caterpillar(drawn, phrase(locale, "fairly_estimate"), chart_text(locale)),
        table=_table(view, found, means, moved, found.drawn),
        file=lambda: _table(view, found, means, moved, range(len(moved))),
        wide=True,
        note=drawn_note(found),
        method=_method(means, model),
    )


def _moved(found: Compared, means: UnitMeans) -> tuple[list[Moved], str]:
    """Shares by a beta prior; means, and shares that differ no more than by chance, by a normal one."""
    raw = [one.estimate.value or 0.0 for one in found.groups]
    if found.share:
        shares = shrunken_shares(found.hits, found.n)
        if shares.a is not None and shares.b is not None:
            pairs = zip(shares.estimate, shares.intervals, strict=True)
            groups = [
                found.moved(at, 100 * (value or 0.0), ends and (100 * ends[0], 100 * ends[1]))
                for at, (value, ends) in enumerate(pairs)
            ]
            model = f"beta-binomial, a = {number(shares.a, 1)}, b = {number(shares.b, 1)}"
            return [Moved(*pair) for pair in zip(groups, raw, strict=True)], model
    groups = [
        found.moved(at, raw[at] if one.estimate is None else one.estimate, one.interval)
        for at, one in enumerate(means.units)
    ]
    return [Moved(*pair) for pair in zip(groups, raw, strict=True)], "normal, DerSimonian & Laird"


def _table(
    view: View, found: Compared, means: UnitMeans, moved: Sequence[Moved], places: range | list[int]
) -> Table:
    """Places only where the order is worth something."""
    ranked = means.reliability.may_rank
    rows = []
    for at in sorted(places, key=lambda at: best_first(moved[at].group)):
        own = figures(found.groups[at].estimate, view.locale)
        value, low, high, n = figures(moved[at].group.estimate, view.locale)
        place = [words(fairly.places_text(means.units[at].rank, view.locale))] if ranked else []
        rows.append([_name(found.groups[at]), own[0], value, low, high, n, *place])
    headers = [_("Unit"), _("Own figure"), _("Best estimate"), _("Interval from"), _("to"), _("n")]
    return Table([*headers, *([_("Places it may have")] if ranked else [])], rows)


def _name(group: Group) -> Cell:
    return Cell(group.label, group.label)


def _method(means: UnitMeans, model: str) -> list[tuple[str, str]]:
    found = means.reliability
    lines = [(_("Best estimates"), _("empirical Bayes, %(model)s", model=model))]
    if found.reliability is not None:
        lines.append(
            (_("Reliability"), _("1 − 1/F of the units' means: %(r)s", r=number(found.reliability, 3)))
        )
    if found.f is not None:
        lines.append((_("F of units against persons"), number(found.f, 2)))
    lines.append(
        (
            _("Places"),
            _(
                "given from a reliability of 0.70 on, with the range that comparisons with every other unit leave open (Bonferroni)"
            ),
        )
    )
    return lines
