"""Joint counts of the answers to several items: two-way tables, sums of products and dummies, without raw rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.statistics.burt import Burt, Counts, Shape, square
from analysis.statistics.sums import Sums, exact

Table = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A closed question with one answer a person; `numbers` where its levels are points of a scale."""

    code: str
    levels: tuple[str, ...]
    numbers: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A variable made of an item: the number of each level that is not 0."""

    code: str
    numbers: Mapping[str, float]


def shape_of(items: Sequence[Item], always: Sequence[str]) -> Shape:
    """The shape of the Burt matrix of the items, whose levels follow each other."""
    places = dict(_ranges(items))
    return Shape(sum(len(item.levels) for item in items), tuple(tuple(places[code]) for code in always))


@dataclass(frozen=True, slots=True, eq=False)
class Joint:
    """The items, `always` the codes of those that a complete person has answered, in the order of the items.

    `pairs` counts each pair of levels (levels × levels) over everybody who chose both, `complete` those of the items
    in `always` over the complete persons. Joints of the same items add up with + and come apart with −, exactly and
    in any order; ValueError for other items.
    """

    items: tuple[Item, ...]
    always: tuple[str, ...]
    pairs: Counts
    complete: Counts

    @classmethod
    def of(cls, items: Sequence[Item], always: Sequence[str], counts: Burt) -> Joint:
        """From the counts of `shape_of(items, always)`."""
        shape = shape_of(items, always)
        squares = square(counts.pairs, shape.levels), square(counts.complete, len(shape.inner))
        return cls(tuple(items), tuple(always), *squares)

    def __add__(self, other: Joint) -> Joint:
        self._check(other)
        return Joint(self.items, self.always, self.pairs + other.pairs, self.complete + other.complete)

    def __sub__(self, other: Joint) -> Joint:
        self._check(other)
        return Joint(self.items, self.always, self.pairs - other.pairs, self.complete - other.complete)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Joint) or (self.items, self.always) != (other.items, other.always):
            return False
        return np.array_equal(self.pairs, other.pairs) and np.array_equal(self.complete, other.complete)

    __hash__ = None  # type: ignore[assignment]

    @property
    def n(self) -> int:
        """Complete persons; 0 where no item is in `always`."""
        if not self.always:
            return 0
        first = len(self.item(self.always[0]).levels)
        return int(np.trace(self.complete[:first, :first]))

    def item(self, code: str) -> Item:
        """ValueError for a code that is not there."""
        for item in self.items:
            if item.code == code:
                return item
        raise ValueError(f"no item {code}")

    def only(self, codes: Sequence[str], always: Sequence[str] | None = None) -> Joint:
        """Of these items in this order; complete are the same persons. `always`: those of them in `complete`.

        ValueError for a code that is not there.
        """
        items = tuple(self.item(code) for code in codes)
        kept = [code for code in codes if code in self.always] if always is None else list(always)
        at, within = self._at(self.items, codes), self._at(self._inner(), kept)
        return Joint(items, tuple(kept), self.pairs[np.ix_(at, at)], self.complete[np.ix_(within, within)])

    def without_few(self, least: int) -> Joint:
        """The same, but pairs of items that somebody, though fewer than `least` persons, answered are empty."""
        widths = [len(item.levels) for item in self.items]
        starts = np.cumsum([0, *widths[:-1]])
        both = np.add.reduceat(np.add.reduceat(self.pairs, starts, axis=0), starts, axis=1)
        shown = ((both == 0) | (both >= least)).repeat(widths, axis=0).repeat(widths, axis=1)
        return Joint(self.items, self.always, np.where(shown, self.pairs, 0), self.complete)

    def counts(self, code: str) -> dict[str, int]:
        """How many chose each level."""
        at = self._at(self.items, [code])
        return dict(zip(self.item(code).levels, self.pairs[at, at].tolist(), strict=True))

    def table(self, row: str, column: str) -> Table:
        """Counts over everybody who answered both: a line for each level of the first, in its order."""
        rows, columns = self._at(self.items, [row]), self._at(self.items, [column])
        return tuple(tuple(line) for line in self.pairs[np.ix_(rows, columns)].tolist())

    def score(self, code: str) -> Column:
        """The item's own numbers; ValueError for one without."""
        item = self.item(code)
        if item.numbers is None:
            raise ValueError(f"{code} has no numbers")
        return Column(code, dict(zip(item.levels, item.numbers, strict=True)))

    def dummies(self, code: str, *groups: Sequence[str]) -> list[Column]:
        """For each group of levels a column with 1 for whoever chose one of them."""
        return [Column(code, dict.fromkeys(group, 1.0)) for group in groups]

    def sums(self, columns: Sequence[Column | str]) -> Sums:
        """n, Σx and Σxy of variables over the complete persons; a code stands for its score.

        Exact. ValueError for an item that is not in `always`.
        """
        return _sums([self._column(one) for one in columns], self._inner(), self.complete, self.n)

    def pair_sums(self, one: Column | str, other: Column | str) -> Sums:
        """The same of two items over everybody who answered both. ValueError for one item twice."""
        columns = [self._column(one), self._column(other)]
        codes = [column.code for column in columns]
        if codes[0] == codes[1]:
            raise ValueError("two items are needed")
        table = np.array(self.table(codes[0], codes[1]), dtype=np.int64)
        counts = np.block([[np.diag(table.sum(axis=1)), table], [table.T, np.diag(table.sum(axis=0))]])
        return _sums(columns, [self.item(code) for code in codes], counts, int(table.sum()))

    def _column(self, one: Column | str) -> Column:
        return self.score(one) if isinstance(one, str) else one

    def _inner(self) -> list[Item]:
        return [self.item(code) for code in self.always]

    def _at(self, items: Sequence[Item], codes: Sequence[str]) -> list[int]:
        places = dict(_ranges(items))
        return [level for code in codes for level in places[code]]

    def _check(self, other: Joint) -> None:
        if (self.items, self.always) != (other.items, other.always):
            raise ValueError("joint counts of different items")


def _ranges(items: Sequence[Item]) -> Iterator[tuple[str, range]]:
    """The numbers of each item's levels."""
    first = 0
    for item in items:
        yield item.code, range(first, first + len(item.levels))
        first += len(item.levels)


def _sums(columns: Sequence[Column], items: Sequence[Item], counts: Counts, n: int) -> Sums:
    """Each column is a number for each level, so Σxy is a product with the counts of pairs of levels."""
    places = dict(_ranges(items))
    missing = [column.code for column in columns if column.code not in places]
    if missing:
        raise ValueError(f"not answered by everybody: {', '.join(missing)}")
    weights = np.zeros((len(counts), len(columns)), dtype=object)  # whole numbers of any size, or fractions
    for number, column in enumerate(columns):
        levels = next(item.levels for item in items if item.code == column.code)
        for at, level in zip(places[column.code], levels, strict=True):
            weights[at, number] = exact(column.numbers.get(level, 0))
    exactly = counts.astype(object)
    products = weights.T @ exactly @ weights
    sums = np.diagonal(exactly) @ weights
    return Sums(n, tuple(sums.tolist()), tuple(tuple(line) for line in products.tolist()))
