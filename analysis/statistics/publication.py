"""Which days may be the ends of a published period, so that no few people follow from any published sums.

A table of cells (rows x columns) is counted up to each of some boundaries in time. Where a cell has a cut, its
count up to there is published; then any period between two of its cuts is. Between two cuts are at least
`least` people or nobody. What is not cut at a boundary is hidden in a rectangle of at least two rows and two
columns (where the table has so many), and what the sums around it tell of its lines are many people or nobody.
So at each boundary nothing follows but what is published there, and boundaries tell nothing of each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Line = tuple[list[int], list[int]]  # rows x columns whose sum is known at a boundary
Atoms = list[list[int]]
Part = tuple[int, list[int]]  # a row and some of its columns


@dataclass
class Cuts:
    """`cells[row, column, boundary]`; `lines` by boundary, for each boundary at which anything is cut."""

    cells: Flags
    lines: dict[int, list[Line]] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """`upto[row, column, boundary]` counts from the beginning of all; `total[row, column]` to the end of all.

    `rows[row, boundary]` and `columns[column, boundary]` say where a row's or a column's sum is published: only
    there its cells may be.
    """

    upto: Numbers
    total: Numbers
    rows: Flags
    columns: Flags
    least: int

    @property
    def last(self) -> int:
        return int(self.upto.shape[2]) - 1


def whole(table: Table, order: Sequence[int]) -> Cuts:
    """Cuts from the beginning to the end; `order` has the boundaries between, the more wanted first."""
    if _plenty(table):
        return Cuts(np.ones(table.upto.shape, dtype=bool), {at: [] for at in range(table.last + 1)})
    cut = np.zeros(table.upto.shape, dtype=bool)
    cut[:, :, 0] = True
    cuts = Cuts(cut, {0: []})
    for boundary in (table.last, *order):
        _try(table, cuts, boundary)
    return cuts


def inside(table: Table, both: Flags, first: list[Line], second: list[Line], order: Sequence[int]) -> Cuts:
    """Cuts between two boundaries at `both` of which these cells are cut, and these lines known."""
    if both.all() and not first and not second and _plenty(table):
        return Cuts(np.ones(table.upto.shape, dtype=bool))
    cut = np.zeros(table.upto.shape, dtype=bool)
    cut[:, :, 0] = cut[:, :, table.last] = both
    cuts = Cuts(cut, {0: first, table.last: second})
    for boundary in order:
        _try(table, cuts, boundary)
    return cuts


def _plenty(table: Table) -> bool:
    """Whether every cell has many or nobody from each boundary to the next: the usual case, told at once."""
    if not (table.rows.all() and table.columns.all()):
        return False
    upto, total = table.upto, table.total[:, :, None]
    outside = (upto[:, :, 1:] == 0) | (upto[:, :, :-1] == total)
    return bool((outside | (np.diff(upto, axis=2) >= table.least)).all())


def _try(table: Table, cuts: Cuts, at: int) -> None:
    if not (table.rows[:, at].any() and table.columns[:, at].any()):
        return
    known = sorted(cuts.lines)
    before = max(one for one in known if one < at)
    after = min((one for one in known if one > at), default=None)
    spans = [(before, at)] + ([(at, after)] if after is not None else [])
    rows, columns = _atoms(table.rows[:, at]), _atoms(table.columns[:, at])
    counts = [_merged(table.upto[:, :, end] - table.upto[:, :, begin], rows, columns) for begin, end in spans]
    for beside, count in zip((before, after), counts, strict=False):
        if beside is not None and not count.any():
            _copy(table, cuts, beside, at)
            return
    if not all(_holds(table, cuts, *span, at) for span in spans):
        return
    fine, unknown = _single(table, cuts, at)
    bad = _bad(table, at, fine, rows, columns, counts)
    hidden = _rectangle(bad, _any(unknown, rows, columns), counts, table.least)
    if hidden is not None:
        _cut(table, cuts, at, rows, columns, hidden)


def _copy(table: Table, cuts: Cuts, beside: int, at: int) -> None:
    """Nobody answered between the two boundaries: they tell the same."""
    allowed = table.rows[:, None, at] & table.columns[None, :, at]
    cuts.cells[:, :, at] = cuts.cells[:, :, beside] & allowed
    cuts.lines[at] = cuts.lines[beside]


def _atoms(single: Flags) -> Atoms:
    """Each published line by itself, the others together as the last one."""
    rest = [int(one) for one in np.flatnonzero(~single)]
    return [[int(one)] for one in np.flatnonzero(single)] + ([rest] if rest else [])


def _merged(counts: Numbers, rows: Atoms, columns: Atoms) -> Numbers:
    down: Numbers = np.add.reduceat(counts[list(chain(*rows))], _begins(rows), axis=0)
    found: Numbers = np.add.reduceat(down[:, list(chain(*columns))], _begins(columns), axis=1)
    return found


def _begins(atoms: Atoms) -> list[int]:
    """Where each one begins when they stand one behind the other; none is empty."""
    return [0, *accumulate(len(atom) for atom in atoms[:-1])]


def _holds(table: Table, cuts: Cuts, begin: int, end: int, at: int) -> bool:
    """Whether the lines known at the boundary beside stay many."""
    counts = table.upto[:, :, end] - table.upto[:, :, begin]
    beside = end if begin == at else begin
    return all(counts[np.ix_(*line)].sum() >= table.least for line in cuts.lines[beside])


def _any(flags: Flags, rows: Atoms, columns: Atoms) -> Flags:
    return _merged(flags.astype(np.int64), rows, columns) > 0


def _bad(table: Table, at: int, fine: Flags, rows: Atoms, columns: Atoms, counts: Sequence[Numbers]) -> Flags:
    """What must not be known here, since few people lie between this boundary and the one beside."""
    upto = _merged(table.upto[:, :, at], rows, columns)
    left = _merged(table.total, rows, columns) - upto
    many = (counts[0] >= table.least) | (upto == 0)
    for count in counts[1:]:
        many &= (count >= table.least) | (left == 0)
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            if table.rows[row[0], at] and table.columns[column[0], at]:
                many[i, j] = fine[row[0], column[0]]
    return np.asarray(~many)


def _single(table: Table, cuts: Cuts, at: int) -> tuple[Flags, Flags]:
    """Of each cell whether it may be cut here, and whether it is not known to be empty anyway.

    Empty periods count as few, but for those before the first and after the last answer.
    """
    here, total = table.upto[:, :, at], table.total
    begun, ended = np.asarray(here > 0), np.asarray(here == total)
    before = _at(table, at - 1 - np.argmax(cuts.cells[:, :, at - 1 :: -1], axis=2))
    fine = (here - before >= table.least) | ~begun
    unknown = np.outer(begun.any(axis=1), begun.any(axis=0))
    if at == table.last:
        return fine, unknown
    after = _at(table, at + 1 + np.argmax(cuts.cells[:, :, at + 1 :], axis=2))
    ends = cuts.cells[:, :, 0] & cuts.cells[:, :, table.last]
    unknown &= np.outer(~ended.all(axis=1), ~ended.all(axis=0))
    return fine & ((after - here >= table.least) | ended) & ends, unknown & (~ends | (after > before))


def _at(table: Table, boundaries: Numbers) -> Numbers:
    found: Numbers = np.take_along_axis(table.upto, boundaries[:, :, None], axis=2)[:, :, 0]
    return found


def _rectangle(
    bad: Flags, unknown: Flags, counts: Sequence[Numbers], least: int
) -> tuple[list[Part], list[Part], Flags] | None:
    """The hidden cells, and the parts of their rows and columns that are known; None where all would be hidden."""
    rows: Flags = np.asarray(bad.any(axis=1))
    columns: Flags = np.asarray(bad.any(axis=0))
    sizes = np.asarray(sum(counts))
    while not (rows.all() and columns.all()) or not bad.any():
        hidden = unknown & rows[:, None] & columns[None, :]
        across, down = _parts(hidden), _parts(hidden.T)
        thin_row = _thin(across, hidden, columns, counts, least)
        thin_column = _thin(down, hidden.T, rows, [count.T for count in counts], least)
        if thin_row is None and thin_column is None:
            return across, down, rows[:, None] & columns[None, :]
        _grow(rows, columns, sizes, more_columns=bool(thin_row) if thin_row is not None else not thin_column)
    return None


def _parts(hidden: Flags) -> list[Part]:
    """For each row its columns, those together that other rows connect: just their sums follow from all sums.

    Of a single row the columns have no sums beside.
    """
    if hidden.shape[0] == 1:
        return [(0, list(map(int, np.flatnonzero(hidden[0]))))] if hidden.any() else []
    found: list[Part] = []
    for row in np.flatnonzero(hidden.any(axis=1)):
        others = np.delete(hidden, row, axis=0)
        left = set(map(int, np.flatnonzero(hidden[row])))
        while left:
            part = reached = {left.pop()}
            while reached:
                beside = others[others[:, sorted(reached)].any(axis=1)].any(axis=0)
                reached = set(map(int, np.flatnonzero(beside))) - part
                part = part | reached
            found.append((int(row), sorted(part & set(map(int, np.flatnonzero(hidden[row]))))))
            left -= part
    return found


def _thin(
    parts: Sequence[Part], hidden: Flags, columns: Flags, counts: Sequence[Numbers], least: int
) -> bool | None:
    """Whether the first part of few people is all that is hidden of its row; None when no part is."""
    for row, part in parts:
        whole_row = len(part) == int(hidden[row].sum())
        if whole_row and columns.all():
            continue
        if any(count[row, part].sum() < least for count in counts):
            return whole_row
    return None


def _grow(rows: Flags, columns: Flags, sizes: Numbers, *, more_columns: bool) -> None:
    """Hide the smallest other column, or row."""
    grow, totals = (columns, sizes.sum(axis=0)) if more_columns else (rows, sizes.sum(axis=1))
    if grow.all():
        grow, totals = (rows, sizes.sum(axis=1)) if more_columns else (columns, sizes.sum(axis=0))
    others = np.flatnonzero(~grow)
    grow[min(others, key=lambda one: (totals[one] == 0, totals[one]))] = True


def _cut(
    table: Table,
    cuts: Cuts,
    at: int,
    rows: Atoms,
    columns: Atoms,
    found: tuple[list[Part], list[Part], Flags],
) -> None:
    """A whole row or column is no line of this table: its sum has cuts of its own, or is nowhere published."""
    across, down, hidden = found
    lines = [
        (rows[row], [one for j in part for one in columns[j]])
        for row, part in across
        if len(part) < len(columns)
    ]
    lines += [
        ([one for i in part for one in rows[i]], columns[column])
        for column, part in down
        if len(part) < len(rows)
    ]
    for i, j in np.argwhere(~hidden):
        row, column = rows[i], columns[j]
        if table.rows[row[0], at] and table.columns[column[0], at]:
            cuts.cells[row[0], column[0], at] = True
        else:
            lines.append((row, column))
    cuts.lines[at] = lines
