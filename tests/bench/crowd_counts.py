"""Counting drawn responses into the rows of the tally table, by arrays: every cut as processing/cuts.py lists it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import Any

import numpy as np

from survey.models import ANY, ANY_SERVICE, Grain
from survey.processing.counting import RECEIVED, RESPONSES
from survey.processing.cuts import CUTS, Split, period_start
from survey.questions.base import MISSING
from tests.bench.crowd_draw import CODES, LABELS, SCALES, Crowd, Drawn, Numbers

COLUMNS = (
    "series_id",
    "grain",
    "channel",
    "locale",
    "service_type_id",
    "period_on",
    "unit_id",
    "value",
    "count",
)


class Counts:
    """One array a series: channel x language x service type x day x unit x value."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        said = sorted([*LABELS, MISSING])
        scales = dict(zip(CODES, SCALES, strict=True))
        self.values: dict[str, Sequence[str]] = {code: sorted(map(str, of)) for code, of in scales.items()}
        self.sorted = {
            code: np.asarray([self.values[code].index(str(value)) for value in of])
            for code, of in scales.items()
        }
        self.values |= {"why": said, RESPONSES: [RECEIVED]}
        self.said = np.asarray([said.index(label) for label in (*LABELS, MISSING)])
        self.arrays = {
            code: np.zeros((*crowd.shape, len(values)), np.int32) for code, values in self.values.items()
        }

    def add(self, drawn: Drawn) -> None:
        self._add("why", drawn, self.said[drawn.labels])  # -1 is the last: missing
        self._add(RESPONSES, drawn, np.zeros(len(drawn.labels), np.int64))
        for column, (code, scale) in enumerate(zip(CODES, SCALES, strict=True)):
            self._add(code, drawn, self.sorted[code][drawn.items[:, column] - scale.start])

    def _add(self, code: str, drawn: Drawn, value: Numbers) -> None:
        array = self.arrays[code]
        cells = np.ravel_multi_index((*drawn.places.T, value), array.shape)
        found, counted = np.unique(cells, return_counts=True)
        array.reshape(-1)[found] += counted.astype(np.int32)

    def rows(self, times: int = 1) -> Iterator[tuple[Any, ...]]:
        """In the order of the table's key, each response counted so many times."""
        series = self.crowd.version.series
        for code in sorted(self.values, key=lambda code: int(series[code])):
            for grain in sorted(Grain):
                for *key, count in self._of_grain(code, int(series[code]), grain):
                    yield (*key, times * count)

    def _of_grain(self, code: str, series: int, grain: Grain) -> Iterator[tuple[Any, ...]]:
        crowd = self.crowd
        starts = [period_start(date.fromisoformat(day), grain).isoformat() for day in crowd.days]
        begins = [n for n, start in enumerate(starts) if n == 0 or start != starts[n - 1]]
        periods = np.asarray([starts[n] for n in begins], object)
        array = np.add.reduceat(self.arrays[code], begins, axis=3)
        units, values = np.asarray(crowd.units, object), np.asarray(self.values[code], object)
        for channel, locale, service in product(*(range(-1, size) for size in crowd.shape[:3])):
            if (grain, Split(channel >= 0, locale >= 0, service >= 0)) not in CUTS:
                continue
            cut = _summed(array, channel, locale, service)
            at = np.nonzero(cut)
            head = (
                series,
                grain.value,
                crowd.channels[channel] if channel >= 0 else ANY,
                crowd.locales[locale] if locale >= 0 else ANY,
                crowd.services[service] if service >= 0 else ANY_SERVICE,
            )
            rest = zip(periods[at[0]], units[at[1]], values[at[2]], cut[at].tolist(), strict=True)
            yield from ((*head, *row) for row in rest)


def _summed(array: Any, *indexes: int) -> Any:
    """Of the first axes the plane at each index, or their sum at -1."""
    for index in indexes:
        array = array.sum(axis=0) if index < 0 else array[index]
    return array
