"""Which answers of a version are counted jointly, and the place of each in the stored counts.

All closed questions of which a person gives one answer: scales, single choices, each row of a matrix. A version has
at most MOST_LEVELS levels: beyond that, what tells of who answered comes first, then questions with numbers, then the
others, each in their order, and what does not fit is left out. A version never changes, so neither does this; who changes the rule brings a
migration that counts again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from analysis.statistics.burt import Shape
from analysis.statistics.joint import Item, shape_of
from survey.extensions import db
from survey.models import Version
from survey.questions.base import Track
from survey.questions.definition import Definition, definition_of

MOST_LEVELS = 240  # each has a number of one byte


@dataclass(frozen=True)
class Layout:
    """`always`: the codes of the items with numbers that are shown to everybody; `series` by code."""

    items: tuple[Item, ...]
    always: tuple[str, ...]
    series: Mapping[str, int]

    @cached_property
    def shape(self) -> Shape:
        return shape_of(self.items, self.always)

    @cached_property
    def _places(self) -> Mapping[tuple[int, str], int]:
        values = [(self.series[item.code], level) for item in self.items for level in item.levels]
        return {value: place for place, value in enumerate(values)}

    def levels(self, counts: Iterable[tuple[int, str]]) -> bytes:
        """The places of a response's answers among its (series id, value) counts."""
        places = self._places
        return bytes([places[count] for count in counts if count in places])


_known: dict[tuple[str, tuple[tuple[str, int], ...]], Layout] = {}


def layout_of(version: Version) -> Layout:
    """Of a published version; made once a process."""
    key = version.checksum, tuple(sorted(version.series.items()))
    if key not in _known:
        _known[key] = _layout(definition_of(version), version.series)
    return _known[key]


def layouts_of(version_ids: Iterable[int]) -> dict[int, Layout]:
    """By version id; without those that ask nothing that is counted jointly."""
    versions = db.session.scalars(select(Version).where(Version.id.in_(set(version_ids))))
    found = {version.id: layout_of(version) for version in versions}
    return {version_id: layout for version_id, layout in found.items() if layout.items}


def _layout(definition: Definition, series: Mapping[str, int]) -> Layout:
    fitting = _fitting([track for track in definition.tracks.values() if track.single and track.labels])
    items = tuple(_item(track) for track in definition.tracks.values() if track.code in fitting)
    always = tuple(item.code for item in items if item.numbers and item.code in _shown_to_all(definition))
    return Layout(items, always, {item.code: int(series[item.code]) for item in items})


def _fitting(tracks: Sequence[Track]) -> set[str]:
    left, found = MOST_LEVELS, set()
    # stable: in their order otherwise
    for track in sorted(tracks, key=lambda track: (not track.tells, track.scale is None)):
        if len(track.labels) <= left:
            left -= len(track.labels)
            found.add(track.code)
    return found


def _item(track: Track) -> Item:
    levels = tuple(track.labels)
    return Item(track.code, levels, tuple(track.scale.values[v] for v in levels) if track.scale else None)


def _shown_to_all(definition: Definition) -> set[str]:
    return {
        track.code
        for section in definition.sections
        for question in section.questions
        if not section.show_if and not question.show_if
        for track in question.tracks()
    }
