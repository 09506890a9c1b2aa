"""Which tallies a count belongs to: the cuts that models/tally.py keeps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from survey.models import ANY, ANY_SERVICE, Grain


class Split(NamedTuple):
    """What a cut tells apart beside period, unit and value; it is summed over the rest."""

    channel: bool = False
    locale: bool = False
    service: bool = False

    def answers(self, asked: Split) -> bool:
        """Whether everything that is asked for is told apart."""
        return all(kept or not wanted for kept, wanted in zip(self, asked, strict=True))


PLAIN = Split()
FULL = Split(channel=True, locale=True, service=True)
ONE = (PLAIN, Split(service=True), Split(channel=True), Split(locale=True))  # of a single filter, or none
TWO = (
    Split(channel=True, locale=True),
    Split(channel=True, service=True),
    Split(locale=True, service=True),
)

# Full detail is large, a row for nearly every answer: by week it would be little smaller than by day.
# Figures under two filters are published for whole months only.
CUTS: tuple[tuple[Grain, Split], ...] = (
    *((grain, split) for grain in Grain for split in ONE),
    *((Grain.MONTH, split) for split in TWO),
    (Grain.DAY, FULL),
    (Grain.MONTH, FULL),
)


class Cell(NamedTuple):
    """A tally's key, in the order of the table's primary key."""

    series_id: int
    grain: str
    channel: str
    locale: str
    service_type_id: int
    period_on: date
    unit_id: int
    value: str


class Place(NamedTuple):
    """Where a response belongs."""

    day: date
    unit_id: int
    service_type_id: int
    channel: str
    locale: str


def smallest(asked: Split, grain: str) -> Split:
    """The split with the fewest cells that answers, of those kept by this grain: but for weeks there is one."""
    return next(split for of, split in CUTS if of == grain and split.answers(asked))


@lru_cache(maxsize=4096)
def period_start(day: date, grain: str) -> date:
    """The first day of the day's period: itself, the Monday of its ISO week, the first of its month."""
    if grain == Grain.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if grain == Grain.MONTH else day


@lru_cache(maxsize=4096)
def keys(place: Place) -> tuple[tuple[str, str, str, int, date, int], ...]:
    """(grain, channel, locale, service type, period, unit) of every cut."""
    return tuple(
        (
            grain.value,
            place.channel if split.channel else ANY,
            place.locale if split.locale else ANY,
            place.service_type_id if split.service else ANY_SERVICE,
            period_start(place.day, grain),
            place.unit_id,
        )
        for grain, split in CUTS
    )


def together(found: Iterable[tuple[Place, Iterable[tuple[int, str]]]]) -> Counter[Cell]:
    """What many responses add to each cell: those of one place are summed before they are spread over its cuts."""
    places: dict[Place, Counter[tuple[int, str]]] = defaultdict(Counter)
    for place, counts in found:
        places[place].update(counts)
    added: Counter[Cell] = Counter()
    for place, summed in places.items():
        for key in keys(place):
            for (series_id, value), count in summed.items():
                added[Cell(series_id, *key, value)] += count
    return added


def cells(place: Place, counts: Iterable[tuple[int, str]]) -> Iterator[Cell]:
    """Every cell that one response with these (series id, value) counts adds one to."""
    found = keys(place)
    for series_id, value in counts:
        for key in found:
            yield Cell(series_id, *key, value)
