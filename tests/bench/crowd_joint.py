"""Counting drawn responses into the rows of joint_tally, by the same arithmetic as the worker, on arrays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from analysis.statistics.burt import Burt, packed
from survey.processing.joint_cells import JointCell, burts, with_sums
from survey.processing.joint_layout import layouts_of
from tests.bench.crowd_draw import SCALES, Crowd, Drawn, Numbers

COLUMNS = (*JointCell._fields, "responses", "counts")
FIRST = np.cumsum([0, *(len(scale) for scale in SCALES[:-1])])
OFFSETS = FIRST - [scale.start for scale in SCALES]


class Joints:
    def __init__(self, crowd: Crowd) -> None:
        self.crowd, self.layout = crowd, layouts_of([crowd.version.id])[crowd.version.id]
        self.months = np.unique([day[:7] for day in crowd.days], return_inverse=True)
        self.found: dict[JointCell, Burt] = {}

    def add(self, drawn: Drawn) -> None:
        """Every item is answered: the place of an answer is its item's first place and that of its value."""
        levels = (drawn.items + OFFSETS).astype(np.uint8)
        order, starts = self._cells(drawn.places)
        rows = levels[order]
        cells = {
            self._cell(drawn.places[order[start]]): [row.tobytes() for row in piece]
            for start, piece in zip(starts, np.split(rows, starts[1:]), strict=True)
        }
        for cell, counts in burts(cells, {cell.version_id: self.layout for cell in cells}).items():
            self.found[cell] = self.found[cell] + counts if cell in self.found else counts

    def rows(self, times: int = 1) -> Iterator[tuple[Any, ...]]:
        """Each response counted so many times."""
        for cell, one in sorted(with_sums(self.found).items()):
            counts = Burt(times * one.persons, times * one.pairs, times * one.complete)
            yield (*cell, counts.persons, packed(counts))

    def _cells(self, places: Numbers) -> tuple[Numbers, Numbers]:
        """The responses in an order in which those of a cell follow each other, and where each cell begins."""
        names, of_day = self.months
        sizes = len(self.crowd.services), len(names), len(self.crowd.units)
        numbers = np.ravel_multi_index((places[:, 2], of_day[places[:, 3]], places[:, 4]), sizes)
        order = np.argsort(numbers, kind="stable")
        _numbers, starts = np.unique(numbers[order], return_index=True)
        return order, starts

    def _cell(self, place: Numbers) -> JointCell:
        _channel, _locale, service, day, unit = place.tolist()
        crowd = self.crowd
        month: Any = f"{crowd.days[day][:7]}-01"  # as the driver takes it
        return JointCell(crowd.version.id, crowd.services[service], month, crowd.units[unit])
