"""Counts, sums and sums of products of several items: what means, correlations and regressions need.

Exact: whole numbers stay whole and others become fractions, so cells may be added and taken away in any order.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import add, sub
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Exact: TypeAlias = int | Fraction
Square: TypeAlias = tuple[tuple[Exact, ...], ...]
Step: TypeAlias = Callable[[Exact, Exact], Exact]
Row: TypeAlias = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Sums:
    """Of the persons who answered all of k items: how many, Σx of each item, Σxy of each pair (k × k).

    Cells of the same items add up with + and come apart with −, exactly and in any order.
    Chan, Golub & LeVeque 1979 (Stanford STAN-CS-79-773).
    """

    n: int
    sums: tuple[Exact, ...]
    products: Square

    @classmethod
    def empty(cls, k: int) -> Sums:
        """Nobody's answers to k items."""
        return cls(0, (0,) * k, ((0,) * k,) * k)

    @classmethod
    def of(cls, rows: Iterable[Row], k: int | None = None) -> Sums:
        """The sums of raw rows, one a person; a row in which an answer is None does not count.

        `k` is needed only where there may be no rows. Raises ValueError for rows of different lengths.
        """
        given = list(rows)
        width = len(given[0]) if k is None and given else k or 0
        if any(len(row) != width for row in given):
            raise ValueError(f"every row must have {width} answers")
        complete = [[exact(x) for x in row if x is not None] for row in given if None not in row]
        columns = list(zip(*complete, strict=True)) or [()] * width
        products = tuple(tuple(dot(one, other) for other in columns) for one in columns)
        return cls(len(complete), tuple(sum(column) for column in columns), products)

    def __add__(self, other: Sums) -> Sums:
        return self._with(add, other)

    def __sub__(self, other: Sums) -> Sums:
        return self._with(sub, other)

    def times(self, count: int) -> Sums:
        """The sums of so many persons with the same answers as each of these."""
        products = tuple(tuple(count * number for number in line) for line in self.products)
        return Sums(count * self.n, tuple(count * total for total in self.sums), products)

    @property
    def k(self) -> int:
        return len(self.sums)

    def pick(self, items: Sequence[int]) -> Sums:
        """The sums of these items (0-based) in this order, over the same persons."""
        chosen = tuple(tuple(self.products[i][j] for j in items) for i in items)
        return Sums(self.n, tuple(self.sums[i] for i in items), chosen)

    def blended(self, weights: Sequence[Sequence[Exact]]) -> Sums:
        """The sums of new variables, each made of the items by a line of k weights, over the same persons.

        Raises ValueError for a line of another length.
        """
        half = [[dot(line, column) for column in self.products] for line in weights]
        products = tuple(tuple(dot(one, other) for other in weights) for one in half)
        return Sums(self.n, tuple(dot(line, self.sums) for line in weights), products)

    def correlation(self, i: int, j: int) -> float | None:
        """Pearson's r of two items (0-based); None where either does not vary."""
        scatter = self.pick([i, j]).scatter()
        if scatter is None or not (scatter[0, 0] and scatter[1, 1]):
            return None
        r = float(scatter[0, 1]) / math.sqrt(float(scatter[0, 0]) * float(scatter[1, 1]))
        return max(-1.0, min(1.0, r))

    def means(self) -> NDArray[np.float64] | None:
        """Mean of each item; None without persons."""
        return np.array([float(total / Fraction(self.n)) for total in self.sums]) if self.n else None

    def scatter(self) -> NDArray[np.float64] | None:
        """Σ(x − x̄)(y − ȳ) of each pair, k × k, each rounded once; None without persons.

        A constant item has exactly 0 in its row and column.
        """
        if self.n == 0:
            return None
        pairs = range(self.k)
        return np.array([[self._about_means(i, j) for j in pairs] for i in pairs]).reshape(self.k, self.k)

    def covariances(self) -> NDArray[np.float64] | None:
        """Covariances with divisor n − 1, k × k; None below two persons."""
        scatter = self.scatter()
        return None if scatter is None or self.n < 2 else scatter / (self.n - 1)

    def _with(self, by: Step, other: Sums) -> Sums:
        """Raises ValueError for another number of items."""
        sums = line(by, self.sums, other.sums)
        return Sums(int(by(self.n, other.n)), sums, combined(by, self.products, other.products))

    def _about_means(self, i: int, j: int) -> float:
        return float((self.n * self.products[i][j] - self.sums[i] * self.sums[j]) / Fraction(self.n))


def exact(x: float) -> Exact:
    """The number without any rounding: whole where it is whole."""
    return int(x) if x == int(x) else Fraction(x)


def line(by: Step, first: Sequence[Exact], second: Sequence[Exact]) -> tuple[Exact, ...]:
    """The numbers of two lines joined place by place; ValueError for different lengths."""
    return tuple(by(one, other) for one, other in zip(first, second, strict=True))


def combined(by: Step, first: Square, second: Square) -> Square:
    """The numbers of two squares joined place by place."""
    return tuple(line(by, one, other) for one, other in zip(first, second, strict=True))


def dot(first: Sequence[Exact], second: Sequence[Exact]) -> Exact:
    return sum((x * y for x, y in zip(first, second, strict=True)), 0)
