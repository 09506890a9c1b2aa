"""Which tallies answer for a range of days."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from survey.figures.cover import cover, grains_for, period_end, widened
from survey.models import Grain
from survey.processing.cuts import period_start

days = st.dates(date(2023, 12, 1), date(2026, 3, 1))
splits = st.sampled_from([None, *Grain])


@given(days, st.integers(0, 800), splits, st.booleans())
def test_each_day_is_covered_exactly_once(first: date, length: int, split: Grain | None, weeks: bool) -> None:
    last = first + timedelta(days=length)
    covered = Counter(
        part.first + timedelta(days=i)
        for part in cover(first, last, grains_for(split, weeks=weeks))
        for i in range((part.last - part.first).days + 1)
    )
    assert covered == Counter(first + timedelta(days=i) for i in range(length + 1))


@given(days, st.integers(0, 800), splits, st.booleans())
def test_a_part_holds_whole_periods_of_its_grain(
    first: date, length: int, split: Grain | None, weeks: bool
) -> None:
    for part in cover(first, first + timedelta(days=length), grains_for(split, weeks=weeks)):
        assert part.first == period_start(part.first, part.grain)
        assert part.last == period_end(part.last, part.grain)


@given(days, st.integers(0, 800), splits)
def test_no_part_crosses_a_period_that_figures_are_split_by(
    first: date, length: int, split: Grain | None
) -> None:
    finest = {
        Grain.MONTH: {Grain.MONTH, Grain.DAY},
        Grain.WEEK: {Grain.WEEK, Grain.DAY},
        Grain.DAY: {Grain.DAY},
    }
    parts = cover(first, first + timedelta(days=length), grains_for(split, weeks=True))
    assert split is None or {part.grain for part in parts} <= finest[split]


@given(days, st.integers(0, 800))
def test_few_days_are_read_one_by_one(first: date, length: int) -> None:
    parts = cover(first, first + timedelta(days=length), grains_for(None, weeks=True))
    assert sum((p.last - p.first).days + 1 for p in parts if p.grain == Grain.DAY) <= 24


@given(days, days, days, days, st.sampled_from(Grain))
def test_widening_takes_in_no_known_day(a: date, b: date, c: date, d: date, grain: Grain) -> None:
    first, last = sorted((a, b))
    known = (min(c, d), max(c, d))
    if first > known[1] or last < known[0]:
        return
    begin, end = widened(first, last, known, grain)
    inside = {known[0] + timedelta(days=i) for i in range((known[1] - known[0]).days + 1)}
    assert {day for day in inside if begin <= day <= end} == {day for day in inside if first <= day <= last}


def test_a_range_up_to_the_newest_response_reads_whole_months() -> None:
    known = (date(2025, 3, 17), date(2026, 2, 11))
    parts = cover(
        *widened(date(2025, 1, 1), date(2026, 2, 11), known, Grain.MONTH), grains_for(None, weeks=True)
    )
    assert [part.grain for part in parts] == [Grain.MONTH]
