"""Dates as files write them: several formats, tried in their order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from survey.intake.tables import Cell
from survey.intake.wording import tidy


class Found(NamedTuple):
    at: datetime
    day: date  # in the organisation's time zone
    ambiguous: bool  # another format reads another date


class DateReader:
    """The first format that fits decides. Times without a zone are in the organisation's time zone."""

    def __init__(self, formats: Sequence[str], timezone: str) -> None:
        self.formats, self.zone = formats, ZoneInfo(timezone)
        self._cached = lru_cache(maxsize=100_000)(self._text)

    def read(self, cell: Cell) -> Found | None:
        if isinstance(cell, datetime):
            return self._found(self._aware(cell))
        if isinstance(cell, date):
            return self._found(self._aware(datetime.combine(cell, time())))
        return self._cached(tidy(cell))

    def _text(self, text: str) -> Found | None:
        fitting = [at for at in (self._try(text, form) for form in self.formats) if at is not None]
        return self._found(fitting[0], len(set(fitting)) > 1) if fitting else None

    def _found(self, at: datetime, ambiguous: bool = False) -> Found:
        return Found(at, at.astimezone(self.zone).date(), ambiguous)

    def _try(self, text: str, form: str) -> datetime | None:
        try:
            return self._aware(datetime.strptime(text, form))  # noqa: DTZ007 the zone is set next
        except (ValueError, OverflowError):
            return None

    def _aware(self, at: datetime) -> datetime:
        return at if at.tzinfo else at.replace(tzinfo=self.zone)
