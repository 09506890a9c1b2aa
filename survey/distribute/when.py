"""Instants as people and hospital systems write them: ISO 8601 and Chinese forms."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

_MARKS = str.maketrans(
    {"年": "-", "月": "-", "日": " ", "号": " ", "號": " ", "/": "-"}
    | dict.fromkeys("时時点點分", ":")
    | {"秒": " "}
)
_POINTS = re.compile(r"^(\d{4})\.(\d{1,2})\.(\d{1,2})\b")
_OFFSET = r"(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?"
_FORMS = (
    re.compile(
        r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2}))?:?)?" + _OFFSET, re.I
    ),
    re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T\s]?(\d{2}):?(\d{2})(?::?(\d{2}))?)?" + _OFFSET, re.I),
)


@lru_cache(maxsize=4096)
def read_instant(text: str, timezone: str) -> datetime | None:
    """The instant in UTC, or None when the text is none. Without an offset it is in `timezone`.

    A date alone means the beginning of that day; fractions of a second are dropped.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_MARKS).strip()
    plain = re.sub(r"\s*([-:])\s*", r"\1", _POINTS.sub(r"\1-\2-\3", plain))
    found = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
    if found is None:
        return None
    *numbers, offset = found.groups()
    year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
    try:
        local = datetime(year, month, day, hour, minute, second, tzinfo=_zone(offset, timezone))
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(offset: str | None, timezone: str) -> tzinfo | None:
    if offset is None:
        return ZoneInfo(timezone)
    if offset.upper() == "Z":
        return UTC
    return datetime.strptime(offset.replace(":", ""), "%z").tzinfo
