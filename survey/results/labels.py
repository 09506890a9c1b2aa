"""What units, service types and periods are called on charts."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date, format_skeleton

from analysis.types import Scale
from survey.figures import Places
from survey.locales import say
from survey.models import Grain
from survey.questions.base import Track

MOST_LABELLED = 11  # values; a longer scale has no chart of its values


def unit_label(seen: Places, unit_id: int, locale: str) -> str:
    return say(seen.units[unit_id].names, locale)


def service_label(seen: Places, service_type_id: int, locale: str) -> str:
    return say(seen.service_types[service_type_id].names, locale)


def period_label(day: date, grain: Grain, locale: str) -> str:
    """A month as "Mar 2026"; a day, or a week by its Monday, as "3 Mar"."""
    if grain == Grain.MONTH:
        return str(format_skeleton("yMMM", day, locale=locale))
    return str(format_skeleton("MMMd", day, locale=locale))


def span_label(first: date, last: date, locale: str) -> str:
    return f"{format_date(first, 'medium', locale)} – {format_date(last, 'medium', locale)}"


def value_labels(track: Track, locale: str) -> dict[str, str]:
    """In the order of the scale; a value without words of its own is its number."""
    return {value: label.say(locale) for value, label in track.labels.items()}


def drawable(scale: Scale | None) -> bool:
    return scale is not None and len(scale.values) <= MOST_LABELLED
