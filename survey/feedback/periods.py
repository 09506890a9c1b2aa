"""The periods of a summary: rolling days, or whole months that are over."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from survey.models import Grain
from survey.processing.cuts import period_start

USUAL = "30d"
PERIODS = {
    "30d": _l("Last 30 days"),
    "90d": _l("Last 90 days"),
    "month": _l("Last whole month"),
    "quarter": _l("Last whole quarter"),
}


def days(period: str, today: date) -> tuple[date, date]:
    """First and last day; the usual period for an unknown one."""
    if period == "month":
        last = period_start(today, Grain.MONTH) - timedelta(days=1)
        return period_start(last, Grain.MONTH), last
    if period == "quarter":
        begin = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
        last = begin - timedelta(days=1)
        return date(last.year, last.month - 2, 1), last
    length = 90 if period == "90d" else 30
    return today - timedelta(days=length - 1), today
