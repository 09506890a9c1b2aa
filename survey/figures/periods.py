"""Figures over time: which grain, which periods, and the segments between changes of wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from analysis.types import Group
from survey.figures.cover import period_end
from survey.figures.filters import Dimension, Filters
from survey.figures.measures import group, metrics_of
from survey.figures.publication import Publication
from survey.figures.subjects import Subject
from survey.figures.tallies import counts, known_days
from survey.models import Grain, User
from survey.processing.cuts import period_start

MOST = {Grain.DAY: 92, Grain.WEEK: 160, Grain.MONTH: 2000}  # periods that still can be read in one picture
USUAL = ((45, Grain.DAY), (200, Grain.WEEK))  # up to so many days


def usual_grain(days: int) -> Grain:
    return next((grain for most, grain in USUAL if days <= most), Grain.MONTH)


def coarser(grain: Grain) -> Grain | None:
    return {Grain.DAY: Grain.WEEK, Grain.WEEK: Grain.MONTH}.get(grain)


def trend(
    person: User | None,
    filters: Filters,
    subject: Subject,
    older: Sequence[Subject],
    metric: str,
    label: Callable[[date, Grain], str],
    *,
    published: Publication,
    grain: Grain | None = None,
    usual: Grain | None = None,
) -> tuple[list[list[Group]], Grain]:
    """One segment for each wording, oldest first; small periods are hidden, never dropped.

    Without a wanted grain the finest from `usual` on (without it, one that fits the days) is taken in which most
    periods have enough answers.
    """
    span = span_of(person, filters)
    if span is None:
        return [], grain or Grain.MONTH
    wanted = grain or usual or usual_grain((span[1] - span[0]).days + 1)
    while too_many(span, wanted):
        wanted = coarser(wanted) or Grain.MONTH
    segments = _segments(person, filters, [*older, subject], metric, label, published, wanted)
    wider = coarser(wanted)
    if grain is None and wider and mostly_hidden(segments):
        return trend(person, filters, subject, older, metric, label, published=published, usual=wider)
    return segments, wanted


def _segments(
    person: User | None,
    filters: Filters,
    wordings: Sequence[Subject],
    metric: str,
    label: Callable[[date, Grain], str],
    published: Publication,
    grain: Grain,
) -> list[list[Group]]:
    known = [wording for wording in wordings if metric in metrics_of(wording.track)]
    found = counts(person, filters, [wording.series_id for wording in known], [Dimension.PERIOD], grain)
    segments = []
    for wording in known:
        counted = {key[0]: values for key, values in found[wording.series_id].items()}
        if counted:
            segments.append(_segment(filters, wording, counted, metric, label, published, grain))
    return segments


def _segment(
    filters: Filters,
    wording: Subject,
    counted: Mapping[date, Counter[str]],
    metric: str,
    label: Callable[[date, Grain], str],
    published: Publication,
    grain: Grain,
) -> list[Group]:
    """Every period from the first to the last that has answers; those that are not published are hidden."""
    made = []
    for day in each(min(counted), max(counted), grain):
        shown = published.shows(wording.series_id, part_of(filters, day, grain))
        values = counted.get(day, Counter())
        least = published.min_n
        made.append(
            group(day.isoformat(), label(day, grain), wording.track, metric, values, min_n=least, shown=shown)
        )
    return made


def part_of(filters: Filters, day: date, grain: Grain) -> Filters:
    """The same on those of its days that lie in the period beginning on `day`."""
    last = min(period_end(day, grain), filters.last_on)
    return replace(filters, first_on=max(day, filters.first_on), last_on=last)


def each(first: date, last: date, grain: Grain) -> Iterator[date]:
    day = period_start(first, grain)
    while day <= last:
        yield day
        day = period_end(day, grain) + timedelta(days=1)


def span_of(person: User | None, filters: Filters) -> tuple[date, date] | None:
    known = known_days(filters.questionnaire_id, person)
    if known is None:
        return None
    first, last = max(filters.first_on, known[0]), min(filters.last_on, known[1])
    return (first, last) if first <= last else None


def too_many(span: tuple[date, date], grain: Grain) -> bool:
    days = {Grain.DAY: 1, Grain.WEEK: 7, Grain.MONTH: 30}[grain]
    return (span[1] - span[0]).days / days > MOST[grain]


def mostly_hidden(segments: Sequence[Sequence[Group]]) -> bool:
    counted = [period for segment in segments for period in segment if period.estimate.reason != "no_answers"]
    shown = [period for period in counted if period.estimate.value is not None]
    return bool(counted) and len(shown) * 2 < len(counted)
