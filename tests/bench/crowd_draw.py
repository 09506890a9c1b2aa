"""Drawing responses: a large organisation's places, days, ratings and sentiments as arrays of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from survey.models import Version

ITEMS = 12
POINTS = 5
COMMENTED = 0.3  # of the responses
LABELS = ("negative", "neutral", "positive")
PIECE = 100_000  # responses in memory at a time

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Crowd:
    """Each sequence in the order of its values in the database."""

    version: Version
    batch: str  # of the invitations
    units: list[int]
    services: list[int]
    channels: list[str]
    locales: list[str]
    days: list[str]

    @property
    def shape(self) -> tuple[int, int, int, int, int]:
        """Of `places`: channels, languages, service types, days, units."""
        return (
            len(self.channels),
            len(self.locales),
            len(self.services),
            len(self.days),
            len(self.units),
        )


@dataclass(frozen=True)
class Drawn:
    """Some consecutive responses: indexes into a crowd's sequences, and answers."""

    first: int
    places: Numbers  # a row each: channel, language, service type, day, unit
    items: Numbers  # a row each: 1…5 for each item
    labels: Numbers  # index into LABELS; -1 without a comment


def draw(crowd: Crowd, count: int, rng: np.random.Generator) -> Iterator[Drawn]:
    for first in range(0, count, PIECE):
        many = min(PIECE, count - first)
        places = np.stack([rng.integers(0, size, many) for size in crowd.shape], axis=1)
        level = np.asarray(crowd.units)[places[:, 4]] % 7 / 9
        felt = rng.normal(3.2 + level[:, None], 1, (many, ITEMS))
        items = np.clip(np.rint(felt), 1, POINTS).astype(np.int64)
        labels = np.where(rng.random(many) < COMMENTED, rng.integers(0, len(LABELS), many), -1)
        yield Drawn(first, places, items, labels)
