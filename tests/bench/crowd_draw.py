"""Drawing responses: a large organisation's places, days, ratings and sentiments as arrays of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.catalogue import TOPICS
from survey.models import Version

RATINGS, POINTS, MOST = 11, 5, 10  # the twelfth question asks for a recommendation, from 0 to 10
CODES = (*(f"item{i}" for i in range(1, RATINGS + 1)), "recommend")
SCALES = (*(range(1, POINTS + 1) for _ in range(RATINGS)), range(MOST + 1))  # the values of each
COMMENTED = 0.3  # of the responses
MENTIONED = 1.3  # topics of a comment, on average
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
    items: Numbers  # a row each: a value for each of CODES
    labels: Numbers  # index into LABELS; -1 without a comment
    topics: Numbers  # a row each: for each topic the label of its mention; -1 where it has none


def draw(crowd: Crowd, count: int, rng: np.random.Generator) -> Iterator[Drawn]:
    for first in range(0, count, PIECE):
        many = min(PIECE, count - first)
        places = np.stack([rng.integers(0, size, many) for size in crowd.shape], axis=1)
        level = np.asarray(crowd.units)[places[:, 4]] % 7 / 9
        felt = rng.normal(3.2 + level[:, None], 1, (many, RATINGS))
        again = 2 * felt[:, :4].mean(axis=1) + rng.normal(0, 1, many)
        items = np.column_stack([np.clip(np.rint(felt), 1, POINTS), np.clip(np.rint(again), 0, MOST)])
        labels = np.where(rng.random(many) < COMMENTED, rng.integers(0, len(LABELS), many), -1)
        yield Drawn(first, places, items.astype(np.int64), labels, _mentions(labels, rng))


def _mentions(labels: Numbers, rng: np.random.Generator) -> Numbers:
    """The first topics are frequent, the last ones rare; three in four are felt about as the comment as a whole."""
    often = 1 / np.arange(1, len(TOPICS) + 1)
    named = rng.random((len(labels), len(TOPICS))) < MENTIONED * often / often.sum()
    other = rng.integers(0, len(LABELS), named.shape)
    felt = np.where(rng.random(named.shape) < 0.75, labels[:, None], other)
    return np.where(named & (labels >= 0)[:, None], felt, -1)
