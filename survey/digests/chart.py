"""The main question over the last weeks or months, for the picture in a digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from flask_babel import format_date

from analysis.charts import Figure
from analysis.charts import trend as draw
from analysis.wording import chart_text
from survey.figures import Filters, Publication, earlier, metrics_of, places, subjects, trend
from survey.models import Grain, Questionnaire, User, Version

WEEKS, MONTHS_OF_DAYS = 12, 365
LONG = 14  # days; a digest of more is about a month


def over_time(
    person: User, questionnaire: Questionnaire, version: Version, filters: Filters, locale: str, min_n: int
) -> Figure | None:
    """None where no question has a scale, or nothing may be shown."""
    main = next((one for one in subjects(version).values() if one.track.scale is not None), None)
    if main is None:
        return None
    monthly = filters.days > LONG
    back = MONTHS_OF_DAYS if monthly else 7 * WEEKS - 1
    days = replace(filters, first_on=filters.last_on - timedelta(days=back))
    seen = places(person)
    segments, _grain = trend(
        person,
        days,
        main,
        earlier(questionnaire, main.code),
        metrics_of(main.track)[0],
        lambda day, of: _label(day, of, locale),
        published=Publication(person, questionnaire.id, seen, min_n),
        usual=Grain.MONTH if monthly else Grain.WEEK,
    )
    shown = any(period.estimate.value is not None for segment in segments for period in segment)
    return draw(segments, chart_text(locale)) if shown else None


def _label(day: date, grain: Grain, locale: str) -> str:
    return format_date(day, "MMM" if grain == Grain.MONTH else "d MMM" if locale == "en" else "M月d日")
