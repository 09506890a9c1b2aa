"""The main question month by month up to the end of the report, each wording by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from survey.figures import Subject, earlier, trend
from survey.models import Grain
from survey.questions.base import MISSING, NA
from survey.results import baselines
from survey.results.view import View

MONTHS = 24  # enough for limits that mean something


def over_months(view: View, main: Subject) -> list[dict[str, Any]]:
    """The stretches, oldest first: the version that asked, and each month's counts (None where hidden)."""
    last = view.filters.last_on
    begin = date(last.year - MONTHS // 12, last.month, 1)
    filters = replace(view.filters, first_on=_after(begin))
    found = []
    for wording in [*earlier(view.questionnaire, main.code), main]:
        segments, _grain = trend(
            view.person,
            filters,
            wording,
            [],
            view.metric,
            lambda day, _of: day.isoformat(),
            published=view.published,
            grain=Grain.MONTH,
        )
        for periods in segments:
            months = [[one.key, _counts(one.distribution)] for one in periods]
            found.append({"version": _version(view, wording), "months": months})
    return found


def frozen(view: View, main: Subject) -> list[str] | None:
    """The days of the baseline that holds."""
    held = next(iter(baselines.frozen(view, main)), None)
    return [held.first_on.isoformat(), held.last_on.isoformat()] if held else None


def _after(month: date) -> date:
    """The month that follows."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _counts(shown: Any) -> dict[str, int] | None:
    if shown is None:
        return None
    return dict(shown.counts) | {NA: shown.not_applicable, MISSING: shown.missing}


def _version(view: View, wording: Subject) -> int:
    """The newest that asked in this wording."""
    asked = [
        one.number for one in view.questionnaire.versions if one.series.get(wording.code) == wording.series_id
    ]
    return max(asked)
