"""The days of an iCalendar file (RFC 5545) as calendars of public holidays are published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from survey.errors import Invalid

MOST_DAYS = 62  # of one entry
_WORKED = re.compile(r"补班|補班|上班|调班|調班|[（(\[【]班[）)\]】]|\bworking|\bmake-?up", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(slots=True)
class Entry:
    line: int
    values: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        text = _ESCAPED.sub(
            lambda found: " " if found[1] in "nN" else found[1], self.values.get("SUMMARY", "")
        )
        return " ".join(text.split())

    @property
    def is_working(self) -> bool:
        """A day that is worked says so in its name or its categories."""
        return bool(_WORKED.search(f"{self.name} {self.values.get('CATEGORIES', '')}"))

    def days(self) -> Iterator[date]:
        """Every day from its start to its end, the end itself excluded as the standard says."""
        if "RRULE" in self.values or "RDATE" in self.values:
            raise Invalid(_l("An entry repeats. Export the single days of each year instead."))
        first = _day(self.values.get("DTSTART", ""))
        end = _day(self.values["DTEND"]) if self.values.get("DTEND") else first + timedelta(days=1)
        if end < first:
            raise Invalid(_l("The last day lies before the first one."))
        count = max((end - first).days, 1)
        if count > MOST_DAYS:
            raise Invalid(_l("An entry lasts longer than %(n)s days.", n=MOST_DAYS))
        yield from (first + timedelta(days=number) for number in range(count))


def _day(text: str) -> date:
    found = re.match(r"(\d{4})(\d\d)(\d\d)(?:T|$)", text.strip(), re.ASCII)
    try:
        if found is None:
            raise ValueError(text)
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise Invalid(_l("“%(text)s” is no day such as 2026-10-01.", text=text[:40])) from None


def is_one(text: str) -> bool:
    return text.lstrip("\ufeff\r\n ")[:15].upper() == "BEGIN:VCALENDAR"


def entries(text: str) -> Iterator[Entry]:
    entry: Entry | None = None
    for number, line in _unfolded(text):
        name, _colon, value = line.partition(":")
        name = name.partition(";")[0].strip().upper()
        if (name, value.strip().upper()) == ("BEGIN", "VEVENT"):
            entry = Entry(number)
        elif (name, value.strip().upper()) == ("END", "VEVENT"):
            if entry is not None:
                yield entry
            entry = None
        elif entry is not None:
            entry.values.setdefault(name, value)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its number; what begins with a blank continues the one before."""
    waiting, begun = "", 1
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        if line[:1] in (" ", "\t"):
            waiting += line[1:]
            continue
        if waiting:
            yield begun, waiting
        waiting, begun = line, number
    if waiting:
        yield begun, waiting
