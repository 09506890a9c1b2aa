"""One row of a file: its key, and what it says of a response."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from survey.intake.answers import AnswerReader, Answers, Refused
from survey.intake.dates import DateReader, Found
from survey.intake.maps import ImportMap, Source
from survey.intake.places import Directory, Places
from survey.intake.tables import Cell, Row
from survey.intake.wording import tidy
from survey.locales import LOCALES, closest
from survey.models import LONGEST_TIER, Channel
from survey.questions.definition import Definition

KEY_BYTES = 16
_CHANNELS = frozenset(Channel)


@dataclass(slots=True)
class Draft:
    """What one row says; `None` where it says nothing."""

    at: datetime
    day: date
    unit: str  # code
    service_type: str  # code
    channel: str
    locale: str
    answers: Answers
    ambiguous: bool
    tier: str | None = None


class RowReader:
    def __init__(
        self,
        map_: ImportMap,
        definition: Definition,
        header: Sequence[str],
        places: Places,
        timezone: str,
        today: date,
    ) -> None:
        place = {name: i for i, name in enumerate(header)}
        self.width, self.today = len(header), today
        self.keys = [place[column] for column in map_.key]
        self.date_column, self.date_place = map_.date.column, place[map_.date.column]
        self.dates = DateReader(map_.date.formats, timezone)
        self.answers = AnswerReader(map_, definition, header)
        self.unit = _PlaceReader("unit", map_.unit, place, places.units)
        self.service_type = _PlaceReader("service_type", map_.service_type, place, places.service_types)
        self.channel = _SourceReader(map_.channel, place)
        self.language = _SourceReader(map_.language, place)
        self.tier = _SourceReader(map_.tier, place) if map_.tier else None

    def key(self, row: Row) -> bytes | None:
        """Sixteen bytes for the texts in the key's columns; None when all are empty."""
        cells = row.cells
        parts = [tidy(str(cells[i])) if i < len(cells) else "" for i in self.keys]
        if not any(parts):
            return None
        return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=KEY_BYTES).digest()

    def read(self, row: Row) -> Draft:
        """Raises Refused."""
        cells = row.cells
        if len(cells) < self.width:
            cells = [*cells, *[""] * (self.width - len(cells))]
        elif any(cells[self.width :]):
            raise Refused("more_cells", value=len(cells))
        found = self._date(cells[self.date_place])
        return Draft(
            found.at,
            found.day,
            self.unit.read(cells),
            self.service_type.read(cells),
            self._channel(self.channel.read(cells)),
            self._locale(self.language.read(cells)),
            self.answers.read(cells),
            found.ambiguous,
            self._tier(cells),
        )

    def _tier(self, cells: Sequence[Cell]) -> str | None:
        """One that is longer than any that has a priority is as good as none."""
        given = self.tier.read(cells).lower() if self.tier else ""
        return given if 0 < len(given) <= LONGEST_TIER else None

    def _date(self, cell: Cell) -> Found:
        found = self.dates.read(cell)
        if found is None:
            reason = "bad_date" if tidy(str(cell)) else "no_date"
            raise Refused(reason, self.date_column, cell)
        if found.day > self.today:
            raise Refused("future_date", self.date_column, cell)
        return found

    def _channel(self, text: str) -> str:
        if text.lower() not in _CHANNELS:
            raise Refused("bad_channel", self.channel.column, text)
        return text.lower()

    def _locale(self, text: str) -> str:
        found = text if text in LOCALES else closest(text)
        if found is None:
            raise Refused("bad_language", self.language.column, text)
        return found


class _SourceReader:
    """A column recoded, or the constant."""

    def __init__(self, source: Source, place: Mapping[str, int]) -> None:
        self.source, self.column = source, source.column or ""
        self.place = place[source.column] if source.column else None

    def read(self, cells: Sequence[Cell]) -> str:
        if self.place is None:
            return self.source.constant or ""
        text = tidy(str(cells[self.place]))
        return self.source.recode.get(text, text)


class _PlaceReader(_SourceReader):
    def __init__(self, kind: str, source: Source, place: Mapping[str, int], directory: Directory) -> None:
        super().__init__(source, place)
        self.kind = kind
        self.find = lru_cache(maxsize=100_000)(directory.codes)

    def read(self, cells: Sequence[Cell]) -> str:
        text = super().read(cells)
        if not text:
            raise Refused(f"no_{self.kind}", self.column)
        codes = self.find(text)
        if len(codes) != 1:
            reason = f"several_{self.kind}s" if codes else f"unknown_{self.kind}"
            raise Refused(reason, self.column, text)
        return codes[0]
