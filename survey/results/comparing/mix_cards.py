"""The mix of respondents on both sides, a card a dimension."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from analysis.charts.sides import two_sides
from analysis.statistics import shares
from analysis.types import Distribution, Group
from analysis.wording import chart_text
from analysis.wording.compared import mix_sentence, mix_unknown_sentence
from survey.results.cards import Card
from survey.results.comparing.mixes import Kinds, Mix
from survey.results.tables import Cell, Table, figures, whole, words
from survey.results.view import View


def mix_cards(view: View, found: Sequence[Mix], names: tuple[str, str]) -> Iterator[Card]:
    plain = [mix for mix in found if mix.alone or not mix.shifts]
    for mix in (mix for mix in found if mix not in plain):
        told = mix_told(mix, names, view.locale)
        first, second = _rows(mix, mix.first), _rows(mix, mix.second)
        drawn = two_sides(
            first, second, names, chart_text(view.locale), title=_("percent of those who answered")
        )
        yield Card(
            code=f"mix-{mix.code}",
            title=_title(mix),
            asked="",
            sentences=[told],
            n=sum(mix.count(side, kind) for side in (mix.first, mix.second) for kind in mix.labels),
            figure=drawn,
            table=_table(mix, first, second, names, view.locale),
        )
    if plain:
        told_of = [mix_told(mix, names, view.locale) for mix in plain]
        yield Card("mix", _("Who answered on both sides"), "", told_of)


def mix_told(mix: Mix, names: tuple[str, str], locale: str) -> str:
    """Whether the same kinds of people answered, by the kind that differs most."""
    if mix.alone or not mix.shifts:
        return mix_unknown_sentence(mix.name, locale, alone=bool(mix.shifts))
    first = next((shift for shift in mix.shifts if shift.important), mix.shifts[0])
    return mix_sentence(first, mix.name, mix.labels[first.key], names, locale)


def _title(mix: Mix) -> str:
    return _("Who answered, by %(what)s", what=mix.name)


def _rows(mix: Mix, side: Kinds) -> list[Group]:
    """A row a kind that anybody on either side is of."""
    found = shares(Distribution({kind: told.n for kind, told in side.items()}))
    kinds = [one for one in mix.labels if mix.count(mix.first, one) or mix.count(mix.second, one)]
    return [Group(kind, mix.labels[kind], found[kind]) for kind in kinds if kind in found]


def _table(mix: Mix, first: list[Group], second: list[Group], names: tuple[str, str], locale: str) -> Table:
    rows: list[Sequence[Cell]] = []
    for one, other in zip(first, second, strict=True):
        cells = [words(one.label)]
        for side, row in ((mix.first, one), (mix.second, other)):
            cells += [figures(row.estimate, locale)[0], whole(mix.count(side, row.key))]
        rows.append(cells)
    return Table([_("Kind"), names[0], _("n"), names[1], _("n")], rows)
