"""The main question by unit, by service type, and by both: one table of counts, hidden as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import product

from flask_babel import gettext as _

from analysis.charts import Figure, dots_with_whiskers, heatmap
from analysis.statistics import METRICS
from analysis.types import Estimate, Group
from analysis.wording import chart_text, group_sentence
from survey.figures import Key, Subject, distribution, group, scale_of
from survey.results.cards.aimed import aimed_units
from survey.results.cards.card import Card
from survey.results.cards.furthest import MOST_UNITS, furthest, many_units
from survey.results.labels import service_label, unit_label
from survey.results.tables import Table, figures, groups_table, words
from survey.results.view import View
from survey.results.weighted import by_unit as by_unit_cells
from survey.results.weighted import weighted


def by_unit(view: View) -> Iterator[Card]:
    label = partial(unit_label, view.seen, locale=view.locale)
    subject = view.main
    if subject is not None and len({key[0] for key in view.cells}) > MOST_UNITS:
        yield _of_many(view, subject, label)
    else:
        yield from _dots(view, "units", _("By unit"), _("Unit"), 0, label)


def _of_many(view: View, subject: Subject, label: Callable[[int], str]) -> Card:
    """Those that differ most; the file has all."""
    whole = _whole(view, subject)
    drawn, whole, text = _some(view, subject, _furthest(view, subject), label, whole)
    first = _("Unit")

    def all_of_them() -> Table:
        order = [unit for unit in view.seen.units if unit in view.sums]
        rows = sorted(_some(view, subject, order, label, whole)[0], key=_best_first)
        return _titled(groups_table(first, rows, view.locale), text)

    return Card(
        code="units",
        title=_("The units that differ most"),
        asked=view.wording(subject),
        sentences=[],
        note=many_units(len(view.sums)),
        n=whole.estimate.n or None,
        figure=_picture(view, drawn, whole.estimate, 0),
        table=_titled(groups_table(first, drawn, view.locale), text),
        file=all_of_them,
        weights=text,
    )


def _furthest(view: View, subject: Subject) -> list[int]:
    scale = scale_of(subject.track)
    numbers = METRICS[view.metric].numbers(scale) if scale else {}
    return furthest(view, view.sums, numbers, lambda unit: view.told_of([subject], unit))


def _some(
    view: View, subject: Subject, units: Sequence[int], label: Callable[[int], str], whole: Group
) -> tuple[list[Group], Group, str]:
    told = _groups(
        view,
        subject,
        {(unit,): view.sums[unit] for unit in units},
        lambda key: view.told_of([subject], key[0]),
        lambda key: label(key[0]),
    )
    told, whole, text = _weighted(view, subject, told, whole)
    return sorted(told.values(), key=_best_first), whole, text


def by_service_type(view: View) -> Iterator[Card]:
    label = partial(service_label, view.seen, locale=view.locale)
    yield from _dots(view, "service-types", _("By service type"), _("Service type"), 1, label)


def by_both(view: View) -> Iterator[Card]:
    subject, cells = view.main, view.cells
    kinds, many = {key[1] for key in cells}, len(view.sums) > MOST_UNITS
    shown = set(_furthest(view, subject)) if many and subject else view.sums.keys()
    rows = [unit for unit in view.seen.units if unit in shown]
    columns = [one for one in view.seen.service_types if one in kinds]
    if subject is None or len(rows) < 2 or len(columns) < 2:
        return
    names = {one: unit_label(view.seen, one, view.locale) for one in rows}
    heads = {one: service_label(view.seen, one, view.locale) for one in columns}
    told = _groups(
        view,
        subject,
        {key: cells.get(key, Counter()) for key in product(rows, columns)},
        lambda key: view.told_of([subject], *key),
        lambda key: f"{names[key[0]]} · {heads[key[1]]}",
    )
    estimates = {(str(key[0]), str(key[1])): one.estimate for key, one in told.items()}
    yield Card(
        code="units-service-types",
        title=_("By unit and service type"),
        asked=view.wording(subject),
        sentences=[] if many else [group_sentence(list(told.values()), view.locale)],
        note=many_units(len(view.sums)) if many else "",
        n=distribution(subject.track, view.total(subject)).n if view.told(subject) else None,
        figure=heatmap(_keyed(names), _keyed(heads), estimates, chart_text(view.locale)),
        table=_cross(view, names, heads, told),
        wide=True,
    )


def _dots(
    view: View,
    code: str,
    title: str,
    first: str,
    at: int,
    label: Callable[[int], str],
) -> Iterator[Card]:
    subject = view.main
    summed: dict[Key, Counter[str]] = {}
    for key, counted in view.cells.items():
        summed.setdefault((key[at],), Counter()).update(counted)
    if subject is None or not summed:
        return
    shown = lambda key: view.told_of([subject], *((key[0], None) if at == 0 else (None, key[0])))  # noqa: E731
    told = _groups(view, subject, summed, shown, lambda key: label(key[0]))
    whole = _whole(view, subject)
    told, whole, text = _weighted(view, subject, told, whole) if at == 0 else (told, whole, "")
    groups, overall = sorted(told.values(), key=_best_first), whole.estimate
    yield Card(
        code=code,
        title=title,
        asked=view.wording(subject),
        sentences=[group_sentence(groups, view.locale)],
        n=overall.n or None,
        figure=_picture(view, groups, overall, at),
        table=_titled(groups_table(first, groups, view.locale), text),
        weights=text,
    )


def _picture(view: View, groups: Sequence[Group], overall: Estimate, at: int) -> Figure:
    """Units with their targets."""
    figure = dots_with_whiskers(groups, overall=overall, text=chart_text(view.locale))
    return aimed_units(view, figure, groups) if at == 0 else figure


def _whole(view: View, subject: Subject) -> Group:
    counted, shown = view.total(subject), view.told(subject)
    return group("", "", subject.track, view.metric, counted, min_n=view.min_n, shown=shown)


def _titled(table: Table, weights: str) -> Table:
    """So that a file says it too."""
    first, figure_, *others = table.headers
    return replace(table, headers=[first, f"{figure_} ({weights})", *others]) if weights else table


def _weighted(
    view: View, subject: Subject, told: dict[Key, Group], whole: Group
) -> tuple[dict[Key, Group], Group, str]:
    """The units and all together at their weights, and what is said of all together."""
    if view.weights is None:
        return told, whole, ""
    cells = view.weights.cells(view.person, view.filters, subject)
    units = by_unit_cells(view, cells)
    made, said = {}, []
    for key, one in told.items():
        made[key], text = weighted(view, one, subject, units.get(key[0], {}))
        said.append(text)
    whole, text = weighted(view, whole, subject, cells)
    return made, whole, next(filter(None, [text, *said]), "")


def _groups(
    view: View,
    subject: Subject,
    found: Mapping[Key, Counter[str]],
    shown: Callable[[Key], bool],
    label: Callable[[Key], str],
) -> dict[Key, Group]:
    made = {}
    for key, counted in found.items():
        code = "-".join(map(str, key))
        made[key] = group(
            code, label(key), subject.track, view.metric, counted, min_n=view.min_n, shown=shown(key)
        )
    return made


def _best_first(one: Group) -> tuple[bool, float]:
    value = one.estimate.value
    return (value is None, -(value or 0.0))


def _keyed(names: Mapping[int, str]) -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in names.items()]


def _cross(
    view: View, names: Mapping[int, str], heads: Mapping[int, str], told: Mapping[Key, Group]
) -> Table:
    """Figure and n of each cell, side by side; nobody looks like few."""
    rows = []
    for unit, name in names.items():
        row = [words(name)]
        for service in heads:
            row += [figures(told[unit, service].estimate, view.locale)[at] for at in (0, 3)]
        rows.append(row)
    headers = [text for head in heads.values() for text in (head, _("n"))]
    return Table([_("Unit"), *headers], rows)
