"""The snapshot: the merged counts behind every figure of a report, as they are now. Hidden ones are None."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from survey.figures import (
    Counts,
    Dimension,
    Filters,
    Selection,
    State,
    Subject,
    base,
    counts,
    distribution,
    merged,
    responses_series,
    selection,
)
from survey.models import Unit
from survey.processing.counting import RECEIVED
from survey.reports.invited import invited
from survey.reports.over_months import frozen, over_months
from survey.reports.rate import rate
from survey.results.view import View

FORM = 2  # of the snapshot; a later one is read differently: from 2 on with funnel and ledger
Shown = dict[str, int] | None  # value -> count; None is hidden
Pair = list[Shown]  # now and before


class Period(View):
    """Exactly the days asked for, where they may be shown: a monthly report never becomes one of a year because
    some of its departments are small."""

    @cached_property
    def selection(self) -> Selection:
        series = responses_series(self.version)
        return selection(self.person, self.asked, series, self.seen, self.published)


def snapshot(view: Period, program: str) -> dict[str, Any]:
    selected = view.selection
    version = view.version
    found = {
        "form": FORM,
        "program": program,
        "version": {"number": version.number, "checksum": version.checksum},
        "min_n": view.min_n,
        "asked": _days(view.asked),
        "days": _days(selected.filters),
        "before_days": _days(selected.filters.before()),
        "state": selected.state.value,
    }
    return found | _figures(view) if selected.state is State.OPEN else found


def _figures(view: Period) -> dict[str, Any]:
    main, filters = view.main, view.filters
    wanted = [one.series_id for one in view.subjects.values()]
    before = counts(view.person, filters.before(), wanted)
    return {
        "responses": [view.selection.responses, _responses_before(view)],
        "items": {one.code: _pair(view, [one], view.now, before, None) for one in (*view.scored, *view.said)},
        "main": main.code if main else None,
        "metric": view.metric,
        "units": _places(view, [main], Dimension.UNIT) if main else [],
        "services": _places(view, [main], Dimension.SERVICE_TYPE) if main else [],
        "months": over_months(view, main) if main else [],
        "baseline": frozen(view, main) if main else None,
        "comments": _pair(view, view.said, view.now, before, None) if view.said else None,
        "comments_by_unit": _places(view, view.said, Dimension.UNIT) if view.said else [],
        "rate": rate(view),
        "ledger": invited(view),
    }


def _days(filters: Filters) -> list[str]:
    return [filters.first_on.isoformat(), filters.last_on.isoformat()]


def _responses_before(view: Period) -> int | None:
    series, before = responses_series(view.version), view.filters.before()
    if not view.published.shows(series, before):
        return None
    return counts(view.person, before, [series])[series].get((), Counter())[RECEIVED]


def _pair(view: View, subjects: Collection[Subject], now: Counts, before: Counts, key: Any) -> Pair:
    """Of one question, or of several of one kind together."""
    at = () if key is None else (key,)
    sides = ((now, view.filters), (before, view.filters.before()))
    return [_shown(view, subjects, _sum(subjects, found, at), filters) for found, filters in sides]


def _sum(subjects: Iterable[Subject], found: Counts, at: tuple[Any, ...]) -> Counter[str]:
    return sum((found[one.series_id].get(at, Counter()) for one in subjects), Counter())


def _shown(view: View, subjects: Collection[Subject], counted: Mapping[str, int], filters: Filters) -> Shown:
    told = view.published.shows_all((one.series_id for one in subjects), filters)
    return dict(counted) if told and _enough(view, subjects, counted) else None


def _enough(view: View, subjects: Collection[Subject], counted: Mapping[str, int]) -> bool:
    track = next(iter(subjects)).track
    return not 0 < base(distribution(track, counted)) < view.min_n


def _places(view: View, subjects: Collection[Subject], by: Dimension) -> list[dict[str, Any]]:
    """By compared unit or by service type, in the order of the house; who has nothing now is left out."""
    unit = by is Dimension.UNIT
    series = [one.series_id for one in subjects]
    sides = []
    for filters in (view.filters, view.filters.before()):
        found = counts(view.person, filters, series, [by])
        rolled = {one: merged(cells, view.onto) for one, cells in found.items()} if unit else found
        sides.append((filters, rolled))
    order = view.seen.units if unit else view.seen.service_types
    present = {key for cells in sides[0][1].values() for (key,) in cells}
    made = []
    for number in (number for number in order if number in present):
        pair = []
        for filters, found in sides:
            counted = _sum(subjects, found, (number,))
            told = (
                _told(view, series, number, filters) if unit else _told_service(view, series, number, filters)
            )
            pair.append(dict(counted) if told and _enough(view, subjects, counted) else None)
        place = order[number]
        made.append({"id": number, "code": place.code, "names": dict(place.names), "counts": pair})
    return made


def _told(view: View, series: list[int], number: int, filters: Filters) -> bool:
    """A unit that is compared stands with all below it, one above them for itself."""
    unit: Unit = view.seen.units[number]
    if unit in view.units:
        return view.published.shows_all(series, replace(filters, unit_path=unit.path))
    return all(view.published.shows_own(one, filters, unit) for one in series)


def _told_service(view: View, series: list[int], number: int, filters: Filters) -> bool:
    return view.published.shows_all(series, replace(filters, service_type_ids=frozenset({number})))
