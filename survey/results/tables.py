"""The table beside each chart: the same cells as words on the page and as numbers in a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask_babel import gettext as _

from analysis.types import Comparison, Estimate, Group, Reason
from analysis.wording import figure
from analysis.wording.numbers import ABSENT, in_unit, number, within
from survey.cells import neutral_row

BOM = "\ufeff"  # so that spreadsheet programs read the file as UTF-8


class Cell(NamedTuple):
    """What is read on the page, and what stands in the file."""

    text: str
    raw: Any


@dataclass(frozen=True, slots=True)
class Table:
    """The first column names the row; the others hold numbers."""

    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def words(text: str) -> Cell:
    return Cell(text, text)


def whole(number: int | None) -> Cell:
    return Cell(ABSENT if number is None else f"{number:,}", number)


def end(estimate: Estimate, value: float | None) -> Cell:
    if value is None:
        return Cell(ABSENT, None)
    inside = within(value, estimate)
    return Cell(in_unit(inside, estimate.unit), round(inside, 4))


def figures(estimate: Estimate, locale: str) -> list[Cell]:
    """Value, interval and n; all empty when hidden."""
    if estimate.reason is Reason.SUPPRESSED:
        return [Cell(_("too few"), None), *[Cell(ABSENT, None)] * 3]
    value = Cell(figure(estimate, locale), None if estimate.value is None else round(estimate.value, 4))
    return [value, end(estimate, estimate.low), end(estimate, estimate.high), whole(estimate.n)]


def difference_cells(of: Comparison) -> list[Cell]:
    """Difference and interval with their signs; no n, which is that of both sides."""
    values = (of.difference, of.low, of.high)
    shown = [
        Cell(ABSENT, None) if v is None else Cell(number(v, 1, signed=True), round(v, 4)) for v in values
    ]
    return [*shown, Cell("", None)]


def figure_headers() -> list[str]:
    return [_("Figure"), _("Interval from"), _("to"), _("n")]


def groups_table(first: str, groups: Iterable[Group], locale: str, keyed: bool = False) -> Table:
    """One row a group: its name (in the file its key, when `keyed`), figure, interval and n."""
    rows = [
        [Cell(group.label, group.key if keyed else group.label), *figures(group.estimate, locale)]
        for group in groups
    ]
    return Table([first, *figure_headers()], rows)


def counts_table(
    first: str, groups: Sequence[Group], labels: dict[str, str], locale: str, undecided: bool = False
) -> Table:
    """One row a group: how often each value was given, n, and what stands beside; then its figure.

    `undecided` for comments, whose sentiment may not be known.
    """
    rows = []
    for group in groups:
        told = group.distribution
        counted = [whole(told.counts.get(value, 0) if told else None) for value in labels]
        beside = [whole(told.not_applicable if told else None), whole(told.missing if told else None)]
        beside += [whole(told.undecided if told else None)] if undecided else []
        value, low, high, n = figures(group.estimate, locale)
        rows.append([words(group.label), *counted, n, *beside, value, low, high])
    figure_, low_, high_, n_ = figure_headers()
    names = [_("Not applicable"), _("Not answered"), *([_("Undecided")] if undecided else [])]
    headers = [first, *labels.values(), n_, *names, figure_, low_, high_]
    return Table(headers, rows)


def with_column(table: Table, header: str, text: str) -> Table:
    """The same text in every row: a file leaves the page on which it was said."""
    return Table([*table.headers, header], [[*row, words(text)] for row in table.rows])


def as_csv(table: Table) -> str:
    """UTF-8 with BOM, formulas neutralised, hidden cells empty."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(neutral_row(table.headers))
    for row in table.rows:
        writer.writerow(neutral_row("" if cell.raw is None else cell.raw for cell in row))
    return BOM + made.getvalue()
