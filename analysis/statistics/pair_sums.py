"""Sums over the persons who answered both items of a pair: for correlations, never for regressions."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from operator import add, sub

from analysis.statistics.sums import Exact, Row, Square, Step, combined, exact


@dataclass(frozen=True, slots=True)
class PairSums:
    """k × k, over the persons who answered items i and j: `n[i][j]`, `sums[i][j]` = Σxᵢ, `squares[i][j]` = Σxᵢ²,
    `products[i][j]` = Σxᵢxⱼ. The diagonal has the item alone.

    Cells of the same items add up with + and come apart with −, exactly and in any order.
    Chan, Golub & LeVeque 1979 (Stanford STAN-CS-79-773).
    """

    n: Square
    sums: Square
    squares: Square
    products: Square

    @classmethod
    def of(cls, rows: Iterable[Row], k: int) -> PairSums:
        """The sums of raw rows of k answers, one row a person, None for no answer. ValueError for other lengths."""
        n, sums, squares, products = (_zeros(k) for _ in range(4))
        for row in rows:
            if len(row) != k:
                raise ValueError(f"every row must have {k} answers")
            given = [(item, exact(x)) for item, x in enumerate(row) if x is not None]
            for (i, x), (j, y) in product(given, repeat=2):
                n[i][j] += 1
                sums[i][j] += x
                squares[i][j] += x * x
                products[i][j] += x * y
        return cls(_square(n), _square(sums), _square(squares), _square(products))

    def __add__(self, other: PairSums) -> PairSums:
        return self._with(add, other)

    def __sub__(self, other: PairSums) -> PairSums:
        return self._with(sub, other)

    @property
    def k(self) -> int:
        return len(self.n)

    def mean(self, item: int) -> float | None:
        """Mean over all who answered the item; None when nobody did."""
        n = self.n[item][item]
        return float(Fraction(self.sums[item][item]) / n) if n else None

    def variance(self, item: int) -> float | None:
        """Variance over all who answered the item, divisor n − 1; None below two."""
        n = self.n[item][item]
        if n < 2:
            return None
        return float(Fraction(n * self.squares[item][item] - self.sums[item][item] ** 2) / (n * (n - 1)))

    def correlation(self, i: int, j: int) -> float | None:
        """Pearson's r over those who answered both; None where either item does not vary among them."""
        n, sum_i, sum_j = self.n[i][j], self.sums[i][j], self.sums[j][i]
        spread_i = n * self.squares[i][j] - sum_i**2
        spread_j = n * self.squares[j][i] - sum_j**2
        if not (spread_i and spread_j):
            return None
        r = float(n * self.products[i][j] - sum_i * sum_j) / math.sqrt(spread_i) / math.sqrt(spread_j)
        return max(-1.0, min(1.0, r))

    def _with(self, by: Step, other: PairSums) -> PairSums:
        """Raises ValueError for another number of items."""
        return PairSums(
            combined(by, self.n, other.n),
            combined(by, self.sums, other.sums),
            combined(by, self.squares, other.squares),
            combined(by, self.products, other.products),
        )


def _zeros(k: int) -> list[list[Exact]]:
    return [[0] * k for _ in range(k)]


def _square(lines: list[list[Exact]]) -> Square:
    return tuple(tuple(line) for line in lines)
