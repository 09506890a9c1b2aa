"""From responses to the joint counts of cells: version, service type, month and unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, Protocol

from analysis.statistics.burt import Burt, burt
from survey.models import ANY_SERVICE, Grain
from survey.processing.cuts import Place, period_start
from survey.processing.joint_layout import Layout, layouts_of


class Counting(Protocol):
    """A response, as far as it is counted: a reading of the worker, or what was read again from a stored one."""

    @property
    def version_id(self) -> int: ...
    @property
    def place(self) -> Place: ...
    @property
    def counts(self) -> tuple[tuple[int, str], ...]: ...


class JointCell(NamedTuple):
    """A joint tally's key, in the order of the table's primary key."""

    version_id: int
    service_type_id: int
    month_on: date
    unit_id: int


def cell_of(one: Counting) -> JointCell:
    place = one.place
    return JointCell(
        one.version_id, place.service_type_id, period_start(place.day, Grain.MONTH), place.unit_id
    )


class Gathered:
    """The answers of many responses by cell, as short as they can be kept until all are read."""

    def __init__(self, found: Iterable[Counting] = ()) -> None:
        self.cells: dict[JointCell, list[bytes]] = defaultdict(list)
        self._layouts: dict[int, Layout | None] = {}
        for one in found:
            self.take_in(one)

    def take_in(self, one: Counting) -> None:
        version = one.version_id
        if version not in self._layouts:
            self._layouts[version] = layouts_of([version]).get(version)
        layout = self._layouts[version]
        if layout:
            self.cells[cell_of(one)].append(layout.levels(one.counts))


def counted_jointly(found: Iterable[Counting]) -> dict[JointCell, Burt]:
    """By cell, each service type told apart."""
    cells = Gathered(found).cells
    return burts(cells, layouts_of(cell.version_id for cell in cells))


def burts(cells: Mapping[JointCell, list[bytes]], layouts: Mapping[int, Layout]) -> dict[JointCell, Burt]:
    return {cell: burt(rows, layouts[cell.version_id].shape) for cell, rows in cells.items()}


def with_sums(cells: Mapping[JointCell, Burt]) -> dict[JointCell, Burt]:
    """The same with the sums over all service types."""
    sums: dict[JointCell, Burt] = {}
    for cell, counts in cells.items():
        above = cell._replace(service_type_id=ANY_SERVICE)
        sums[above] = sums[above] + counts if above in sums else counts
    return {**cells, **sums}
