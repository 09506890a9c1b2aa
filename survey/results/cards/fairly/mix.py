"""The units as they would be if all had the same mix of service types, channels and languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from analysis.charts import caterpillar
from analysis.statistics.case_mix import Adjusted, case_mix, organisation_mix
from analysis.types import Group, Moved
from analysis.types import Unit as In
from analysis.wording import chart_text, fairly
from analysis.wording.languages import phrase
from analysis.wording.numbers import ABSENT, number
from survey.figures import Dimension, Key, in_classes
from survey.results.cards.card import Card
from survey.results.cards.fairly.funnel import best_first, drawn_note
from survey.results.cards.fairly.units import Compared
from survey.results.tables import Cell, Table, figures, whole
from survey.results.view import View

# What persons are told apart by; by age group, where asked, see ages.py.
BY = (Dimension.SERVICE_TYPE, Dimension.CHANNEL, Dimension.LOCALE)
MANY = 300  # units from which service types alone are used
DECIMALS = {In.PERCENT: 1, In.POINTS: 0, In.SCALE: 2, In.SCORE: 1}


@dataclass(frozen=True, slots=True)
class Strata:
    """`counts[u][h]` counts each value in stratum h of unit u; `names` of what tells the strata apart."""

    counts: Sequence[Sequence[Sequence[int]]]
    names: Sequence[str]
    many: int


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its own figure, the adjustment, and the move from the one to the other."""

    own: Group
    adjusted: Adjusted
    moved: Moved


def mix_card(view: View, found: Compared) -> Card:
    return at_one_mix(view, found, _strata(view, found), "mix", drawn_note(found))


def at_one_mix(view: View, found: Compared, strata: Strata, code: str, note: str) -> Card:
    """The units as they would be if all had the strata as all of them together have."""
    locale, title = view.locale, phrase(view.locale, f"fairly_{code}_title")
    if strata.many < 2:
        return Card(code, title, "", [phrase(locale, "fairly_mix_none")])
    drawn = _adjusted(view, found, strata, found.drawn)
    rows = [one.moved for one in sorted(drawn, key=_order)]
    names = (", " if locale == "en" else "、").join(strata.names)
    return Card(
        code=code,
        title=title,
        asked="",
        sentences=fairly.mix_sentences(rows, names, view.min_n, locale),
        n=sum(found.n),
        figure=caterpillar(rows, phrase(locale, "fairly_adjusted"), chart_text(locale)),
        table=_table(view, drawn),
        file=lambda: _table(view, _adjusted(view, found, strata, range(len(found.groups)))),
        wide=True,
        note=note,
        method=_method(view, names, strata.many),
    )


def _order(one: Unit) -> float:
    return best_first(one.moved.group)


def _adjusted(view: View, found: Compared, strata: Strata, places: Sequence[int]) -> list[Unit]:
    """Of these units, at the mix of all."""
    numbers = (0, 1) if found.share else found.numbers
    mix = organisation_mix(strata.counts)
    made = case_mix([strata.counts[at] for at in places], numbers, mix, least=view.min_n)
    return [Unit(found.groups[at], one, _moved(found, at, one)) for at, one in zip(places, made, strict=True)]


def _strata(view: View, found: Compared) -> Strata:
    by = BY if len(found.groups) <= MANY else BY[:1]
    known = {one.key for one in found.groups}
    own = {key: sums for key, sums in _cells(view, found, by).items() if str(key[0]) in known}
    order = {service: at for at, service in enumerate(view.seen.service_types)}
    strata = sorted({key[1:] for key in own}, key=lambda one: (order.get(one[0], 0), *one[1:]))
    nobody = [0] * len(_classes(found))
    counts = [[own.get((int(one.key), *h), nobody) for h in strata] for one in found.groups]
    names = {
        Dimension.SERVICE_TYPE: _("service type"),
        Dimension.CHANNEL: _("channel"),
        Dimension.LOCALE: _("language"),
    }
    told = [names[one] for at, one in enumerate(by) if len({h[at] for h in strata}) > 1]
    return Strata(counts, told, len(strata))


def counts_of(found: Compared, values: Sequence[str], counted: Counter[str]) -> list[int]:
    """Of each number; of a share how many do not count and how many do."""
    each = [counted.get(value, 0) for value in values]
    if not found.share:
        return each
    hits = sum(count for count, number in zip(each, found.numbers, strict=True) if number)
    return [sum(each) - hits, hits]


def _classes(found: Compared) -> list[list[str]]:
    """The values of each number; of a share those that do not count and those that do."""
    values = list(found.subject.track.scale.values) if found.subject.track.scale else []
    if not found.share:
        return [[value] for value in values]
    both = list(zip(values, found.numbers, strict=True))
    return [[value for value, number in both if bool(number) is counts] for counts in (False, True)]


def _cells(view: View, found: Compared, by: Sequence[Dimension]) -> dict[Key, list[int]]:
    """How often each class of values was given, by compared unit and stratum."""
    classes = _classes(found)
    if by == BY[:1]:
        return {key: [sum(map(of.__getitem__, one)) for one in classes] for key, of in view.cells.items()}
    read = in_classes(view.person, view.filters, found.subject.series_id, [Dimension.UNIT, *by], classes)
    summed: dict[Key, list[int]] = {}
    for (unit, *rest), sums in read.items():
        key = (view.onto.get(unit, unit), *rest)
        summed[key] = [one + more for one, more in zip(summed.get(key, [0] * len(sums)), sums, strict=True)]
    return summed


def _moved(found: Compared, at: int, one: Adjusted) -> Moved:
    own = found.groups[at].estimate
    factor = 100.0 if found.share else 1.0
    decimals = DECIMALS[own.unit]  # no finer than it is shown: strata could be computed from more
    if one.estimate is None:
        return Moved(found.groups[at], own.value or 0.0)
    ends = one.interval and (
        round(one.interval[0] * factor, decimals),
        round(one.interval[1] * factor, decimals),
    )
    return Moved(found.moved(at, round(one.estimate * factor, decimals), ends), own.value or 0.0)


def _table(view: View, units: Sequence[Unit]) -> Table:
    rows = []
    for unit in sorted(units, key=_order):
        value, low, high, n = figures(unit.moved.group.estimate, view.locale)
        own = figures(unit.own.estimate, view.locale)[0]
        deff = unit.adjusted.deff
        cost = Cell(ABSENT, None) if deff is None else Cell(number(deff, 2), round(deff, 2))
        name = Cell(unit.own.label, unit.own.label)
        rows.append([name, own, value, low, high, n, whole(len(unit.adjusted.groups)), cost])
    headers = [_("Unit"), _("Own figure"), _("At the same mix"), _("Interval from"), _("to"), _("n")]
    return Table([*headers, _("Groups used"), _("Design effect")], rows)


def _method(view: View, names: str, many: int) -> list[tuple[str, str]]:
    return [
        (_("Adjusted by"), names),
        (_("Mix"), _("that of all units shown together, %(n)s groups", n=f"{many:,}")),
        (_("How"), _("post-stratification (Holt & Smith 1979); the design effect is the price in precision")),
        (
            _("Joined"),
            _(
                "groups in which a unit has fewer than %(least)s answers, with their neighbours; “Groups used” says how many are left",
                least=view.min_n,
            ),
        ),
    ]
