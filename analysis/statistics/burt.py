"""Counting pairs of answers: the Burt matrix of all items, and of those persons who answered every one.

A person is the numbers of the levels that were chosen, as bytes: an item has several levels, of which a person
chooses one or, where the answer is missing or not applicable, none. See Greenacre 1984, Theory and Applications
of Correspondence Analysis, chapter 5.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Counts: TypeAlias = NDArray[np.int64]

PIECE = 4096  # persons in memory at a time
SIZES = (1, 2, 4, 8)  # bytes of a packed number
FAST = 1  # of zlib's levels: a worker packs far more often than anybody reads


@dataclass(frozen=True)
class Shape:
    """`levels` of all items together, at most 256; `complete` has the levels of each item that must be answered."""

    levels: int
    complete: tuple[tuple[int, ...], ...]

    @cached_property
    def inner(self) -> Counts:
        """The levels of the items that must be answered."""
        return np.array([level for item in self.complete for level in item], dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Burt:
    """How many `persons`, and the upper triangles (with diagonals, row by row) of two matrices of counts.

    `pairs` of all levels over everybody who chose both; `complete` of the levels of `Shape.inner` over the persons
    who answered each item of these. Cells of one shape add up with + and come apart with −, exactly.
    """

    persons: int
    pairs: Counts
    complete: Counts

    def __add__(self, other: Burt) -> Burt:
        return Burt(self.persons + other.persons, self.pairs + other.pairs, self.complete + other.complete)

    def __sub__(self, other: Burt) -> Burt:
        return Burt(self.persons - other.persons, self.pairs - other.pairs, self.complete - other.complete)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Burt) and self.persons == other.persons and not self.difference(other)

    __hash__ = None  # type: ignore[assignment]

    def difference(self, other: Burt) -> tuple[int, int] | None:
        """The first two counts that differ, of this one and of the other."""
        if self.persons != other.persons:
            return self.persons, other.persons
        mine = np.concatenate([self.pairs, self.complete])
        theirs = np.concatenate([other.pairs, other.complete])
        at = np.flatnonzero(mine != theirs)
        return (int(mine[at[0]]), int(theirs[at[0]])) if at.size else None


def nobody(shape: Shape) -> Burt:
    """The counts of no person."""
    width = len(shape.inner)
    return Burt(0, _zeros(shape.levels), _zeros(width))


def burt(persons: Sequence[bytes], shape: Shape) -> Burt:
    """The counts of persons. Raises IndexError for a level that the shape does not have."""
    total = nobody(shape)
    for start in range(0, len(persons), PIECE):
        total = total + _piece(persons[start : start + PIECE], shape)
    return total


def square(triangle: Counts, width: int) -> Counts:
    """The whole symmetric matrix, width × width."""
    made = np.zeros((width, width), dtype=np.int64)
    rows, columns = _places(width)
    made[rows, columns] = triangle
    made[columns, rows] = triangle
    return made


def packed(counts: Burt) -> bytes:
    """Both triangles: a byte that says how many bytes a number has, then the numbers, little-endian, by zlib.

    Raises ValueError for a negative count.
    """
    numbers = np.concatenate([counts.pairs, counts.complete])
    if numbers.min(initial=0) < 0:
        raise ValueError("counts cannot be negative")
    most = int(numbers.max(initial=0))
    size = next(size for size in SIZES if most < 1 << 8 * size)
    return bytes([size]) + zlib.compress(numbers.astype(f"<u{size}").tobytes(), FAST)


def unpacked(data: bytes, persons: int, shape: Shape) -> Burt:
    """The inverse of `packed`; nothing is nobody. Raises ValueError for bytes of another shape and damaged ones."""
    if not data:
        return nobody(shape)
    if data[0] not in SIZES:
        raise ValueError(f"unknown form of counts: {data[0]}")
    try:
        plain = zlib.decompress(memoryview(data)[1:])
    except zlib.error as error:
        raise ValueError("damaged counts") from error
    numbers = np.frombuffer(plain, dtype=f"<u{data[0]}").astype(np.int64)
    first, second = _length(shape.levels), _length(len(shape.inner))
    if len(numbers) != first + second:
        raise ValueError(f"{len(numbers)} counts where {first + second} belong")
    return Burt(persons, numbers[:first], numbers[first:])


def _piece(persons: Sequence[bytes], shape: Shape) -> Burt:
    chosen = np.zeros((len(persons), shape.levels))
    rows = np.repeat(np.arange(len(persons)), [len(levels) for levels in persons])
    chosen[rows, np.frombuffer(b"".join(persons), dtype=np.uint8)] = 1
    inner = chosen[:, shape.inner]
    inner = inner[inner.sum(axis=1) == len(shape.complete)]
    return Burt(len(persons), _triangle(chosen), _triangle(inner))


def _triangle(chosen: NDArray[np.float64]) -> Counts:
    """Of X'X; floats are multiplied faster and are exact for as many persons as a piece has."""
    return (chosen.T @ chosen)[_places(chosen.shape[1])].astype(np.int64)


@lru_cache(maxsize=256)
def _places(width: int) -> tuple[Counts, Counts]:
    rows, columns = np.triu_indices(width)
    return rows, columns


def _length(width: int) -> int:
    return width * (width + 1) // 2


def _zeros(width: int) -> Counts:
    return np.zeros(_length(width), dtype=np.int64)
