"""The periods one can choose by a click."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from survey.models import Grain
from survey.processing.cuts import period_start

USUAL = "90d"
PRESETS = {
    "30d": _l("30 days"),
    "90d": _l("90 days"),
    "12m": _l("12 months"),
    "all": _l("All"),
}


def span(preset: str, today: date, known: tuple[date, date] | None) -> tuple[date, date]:
    """First and last day. Twelve months begin with a month's first day, as their figures are kept by month."""
    if preset == "30d":
        return today - timedelta(days=29), today
    if preset == "12m":
        day = period_start(today, Grain.MONTH)
        for _month in range(11):
            day = period_start(day - timedelta(days=1), Grain.MONTH)
        return day, today
    if preset == "all" and known:
        return known[0], max(today, known[1])
    return today - timedelta(days=89), today
