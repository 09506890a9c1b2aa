"""Counting the joint tallies again: a month of responses at a time, beside what retention has kept of removed ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy import delete, select

from analysis.statistics.burt import Burt, Shape, nobody, unpacked
from survey.extensions import db
from survey.models import JointTally, KeptJoint, Upkeep
from survey.processing import joint_tallies
from survey.processing.joint_cells import JointCell, burts, with_sums
from survey.processing.joint_layout import layouts_of

Unread = Mapping[JointCell, list[bytes]]  # the answers of a month's responses, not yet counted


def clear() -> None:
    """The joint tallies are to be counted anew, and are not pending any more."""
    pending = select(Upkeep.name).where(Upkeep.name == joint_tallies.PENDING)
    db.session.scalar(pending.with_for_update())
    db.session.execute(delete(JointTally))
    db.session.execute(delete(Upkeep).where(Upkeep.name == joint_tallies.PENDING))


def fill(month: date, gathered: Unread) -> None:
    for group in _groups(month, gathered):
        joint_tallies.fill(JointTally, group)


def differences(month: date, gathered: Unread) -> Iterator[tuple[JointCell, int, int]]:
    """Each cell that is not as counted: the first number that differs, as stored and as counted."""
    stored = select(JointTally).where(JointTally.month_on == month).execution_options(yield_per=500)
    waiting = {
        JointCell(row.version_id, row.service_type_id, row.month_on, row.unit_id): row
        for (row,) in db.session.execute(stored)
    }
    layouts = layouts_of(cell.version_id for cell in waiting)
    for group in _groups(month, gathered):
        for cell, counted in group.items():
            row = waiting.pop(cell, None)
            if row is None:
                yield cell, 0, counted.persons
            elif found := _read(row, layouts[cell.version_id].shape).difference(counted):
                yield cell, *found
    yield from ((cell, row.responses, 0) for cell, row in waiting.items())


def _read(row: JointTally, shape: Shape) -> Burt:
    try:
        return unpacked(row.counts, row.responses, shape)
    except ValueError:
        return nobody(shape)  # bytes of another layout


def _groups(month: date, gathered: Unread) -> Iterator[dict[JointCell, Burt]]:
    """The cells of one version and unit after the other: those of all at once would take much memory."""
    kept = _kept(month)
    groups: dict[tuple[int, int], set[JointCell]] = defaultdict(set)
    for cell in (*gathered, *kept):
        groups[cell.version_id, cell.unit_id].add(cell)
    layouts = layouts_of(version for version, _unit in groups)
    for _key, cells in sorted(groups.items()):
        found = burts({cell: gathered.get(cell, []) for cell in cells}, layouts)
        yield with_sums(
            {cell: counts + kept[cell] if cell in kept else counts for cell, counts in found.items()}
        )


def _kept(month: date) -> dict[JointCell, Burt]:
    rows: Iterable[KeptJoint] = db.session.scalars(select(KeptJoint).where(KeptJoint.month_on == month)).all()
    layouts = layouts_of(row.version_id for row in rows)
    return {
        JointCell(row.version_id, row.service_type_id, row.month_on, row.unit_id): unpacked(
            row.counts, row.responses, layouts[row.version_id].shape
        )
        for row in rows
    }
