"""What follows from published sums, by exact linear algebra."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

PRIME = 1_048_573  # products of two residues, summed a thousand times, are exact in a double
Vectors = NDArray[np.float64]


class Known:
    """The row space of everything published, over the integers modulo a prime.

    A sum that follows over the rationals follows here too, unless the prime divides a pivot.
    """

    def __init__(self, unknowns: int) -> None:
        self._rows: Vectors = np.zeros((0, unknowns))
        self._pivots: list[int] = []

    def add(self, sums: Vectors) -> None:
        for start in range(0, len(sums), 400):
            for left in self._left(sums[start : start + 400]):
                self._one(left)

    def _one(self, vector: Vectors) -> None:
        (left,) = self._left(vector[None, :])
        found = np.flatnonzero(left)
        if not found.size:
            return
        pivot = int(found[0])
        left = left * pow(int(left[pivot]), -1, PRIME) % PRIME
        self._rows = (self._rows - np.outer(self._rows[:, pivot], left)) % PRIME
        self._rows = np.vstack([self._rows, left])
        self._pivots.append(pivot)

    def _left(self, vectors: Vectors) -> Vectors:
        vectors = vectors[np.any(vectors, axis=1)] if len(vectors) > 1 else vectors
        return (vectors - vectors[:, self._pivots] @ self._rows) % PRIME

    def follow(self, sums: Vectors) -> list[bool]:
        """Whether each sum follows from what is known."""
        return [not left.any() for left in (sums - sums[:, self._pivots] @ self._rows) % PRIME]


def vectors(members: Sequence[Sequence[int]], unknowns: int) -> Vectors:
    made = np.zeros((len(members), unknowns))
    for row, member in zip(made, members, strict=True):
        row[list(member)] = 1
    return made
