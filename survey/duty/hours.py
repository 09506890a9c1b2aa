"""Working hours as people write them: 08:00-12:00, 13:30-17:30."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from survey.duty.working import DAY, Span, Spans
from survey.errors import Invalid

_SPAN = re.compile(r"(\d{1,2})(?::?(\d{2}))?-(\d{1,2})(?::?(\d{2}))?", re.ASCII)
_DASHES = re.compile(r"\s*[-‐‑–—~～〜至到]\s*")
_BETWEEN = re.compile(r"[,;、，；\s]+")
LONGEST = 200  # characters


def read_hours(text: str, field: str | None = None) -> Spans:
    """Spans in their order; () for an empty text. Raises Invalid, with the field beside which it belongs."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text.strip()))
    if len(plain) > LONGEST:
        raise Invalid(_l("At most %(n)s characters.", n=LONGEST), field=field)
    spans = sorted(_span(part, field) for part in _BETWEEN.split(plain) if part)
    for (_start, end), (later, _end) in zip(spans, spans[1:], strict=False):
        if later < end:
            message = _l("Two spans overlap at %(time)s.", time=clock_time(later))
            raise Invalid(message, field=field)
    return tuple(spans)


def _span(text: str, field: str | None) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise Invalid(
            _l("“%(text)s” is no span of hours. Example: 08:00-12:00, 13:30-17:30", text=text[:40]), field
        )
    hour, minute, last_hour, last_minute = (int(number or 0) for number in found.groups())
    start, end = hour * 60 + minute, last_hour * 60 + last_minute
    if max(minute, last_minute) > 59 or max(start, end) > DAY:
        raise Invalid(_l("“%(text)s” is no time of day.", text=text[:40]), field)
    if end <= start:
        message = _l(
            "“%(text)s” ends before it begins. Hours after midnight belong to the next day.", text=text[:40]
        )
        raise Invalid(message, field)
    return start, end


def clock_time(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def say_span(start: int, end: int) -> str:
    return f"{clock_time(start)}–{clock_time(end)}"


def say_hours(spans: Iterable[Span]) -> str:
    """As `read_hours` takes it."""
    return ", ".join(f"{clock_time(start)}-{clock_time(end)}" for start, end in spans)
