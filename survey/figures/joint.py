"""Reading the joint tallies: pairs of answers, merged over units and whole months, as far as they are published.

The months are those around the days asked for. They begin after the last month in which the chosen units still
answered a version that asked one of the questions in other words or on another scale. Only whole months, all of whose
answers to each question are published, are given out: so what is counted jointly is exactly what is counted singly.

NOT_APPLICABLE with filters on channel or language, which joint tallies do not tell apart, and for a question that is
not counted jointly. SUPPRESSED where something is not published, or fewer than MIN_N answered every scale of the
questionnaire; a pair of questions that fewer answered is empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, func, select

from analysis.statistics.burt import Burt, unpacked
from analysis.statistics.joint import Joint
from analysis.types import Reason
from survey.access import among, counted
from survey.extensions import db
from survey.figures.cover import DAY, period_end
from survey.figures.filters import Filters
from survey.figures.publication import Publication
from survey.figures.subjects import current, responses_series
from survey.models import ANY_SERVICE, Grain, JointTally, Questionnaire, Status, Unit, User, Version
from survey.processing.cuts import period_start
from survey.processing.joint_layout import Layout, layout_of

Burts = dict[int, Burt]  # by version


@dataclass(frozen=True, slots=True)
class JointCounts:
    """`joint` is None exactly when `reason` says why. `filters` have the days that are counted.

    `since` is their first day where earlier answers were left out, to questions in other words.
    """

    joint: Joint | None
    filters: Filters
    reason: Reason | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions of which something may be given out; `layouts` of the versions that ask them alike, by id."""

    person: User | None
    filters: Filters
    since: date | None
    codes: Sequence[str]
    series: Sequence[int]  # of the questions and of the responses themselves
    layouts: Mapping[int, Layout]
    complete: bool

    def without(self, reason: Reason) -> JointCounts:
        return JointCounts(None, self.filters, reason, self.since)


def joint(
    person: User | None, filters: Filters, published: Publication, codes: Sequence[str] | None = None,
    *, complete: bool = True, version: Version | None = None,
) -> JointCounts:  # fmt: skip
    """Of these questions, by default of all that are counted jointly; what `person` may see (None: all).

    As `version` asks them, by default the current one. Without `complete` persons the result has tables of pairs alone, however few answered every scale.
    """
    asked = ask(person, filters, codes, complete, version)
    if isinstance(asked, JointCounts):
        return asked
    return _given(asked, published, _burts(asked).values())


def joint_by_unit(
    person: User | None, filters: Filters, published: Publication, units: Sequence[Unit],
    codes: Sequence[str] | None = None, *, complete: bool = True,
) -> dict[int, JointCounts]:  # fmt: skip
    """The same for each of these units with all below it, by its id, read at once; none contains another.

    All have the same days: those of the unit chosen in the filters.
    """
    asked = ask(person, filters, codes, complete)
    if isinstance(asked, JointCounts):
        return {unit.id: asked for unit in units}
    counted = _burts(asked)
    tops = {unit.path: unit.id for unit in units}
    found: dict[int | None, list[Burts]] = defaultdict(list)
    for unit_id, path in db.session.execute(select(Unit.id, Unit.path).where(Unit.id.in_(list(counted)))):
        found[top_of(path, tops)].append(counted[unit_id])
    return {unit.id: _given(_at(asked, unit), published, found[unit.id]) for unit in units}


def top_of(path: str, tops: Mapping[str, int]) -> int | None:
    """The unit of these paths that contains the one with this path."""
    above = (path[: end + 1] for end, sign in enumerate(path) if sign == "/")
    return next((tops[one] for one in above if one in tops), None)


def _at(asked: Asked, unit: Unit) -> Asked:
    return replace(asked, filters=replace(asked.filters, unit_path=unit.path))


def ask(
    person: User | None, asked: Filters, codes: Sequence[str] | None, complete: bool,
    version: Version | None = None,
) -> Asked | JointCounts:  # fmt: skip
    version = version or current(db.session.get_one(Questionnaire, asked.questionnaire_id))
    filters = _whole_months(asked)
    if version is None:
        return JointCounts(None, filters, Reason.NO_ANSWERS)
    series = layout_of(version).series
    wanted = list(series) if codes is None else list(codes)
    if asked.channel or asked.locale or not wanted or not set(wanted) <= series.keys():
        return JointCounts(None, filters, Reason.NOT_APPLICABLE)
    alike, others = _versions(version.questionnaire, {code: series[code] for code in wanted})
    since = _after(person, filters, others)
    filters = replace(filters, first_on=since or filters.first_on)
    named = [responses_series(version), *(series[code] for code in wanted)]
    return Asked(person, filters, since, wanted, named, alike, complete)


def _given(asked: Asked, published: Publication, counted: Iterable[Burts]) -> JointCounts:
    found = _merged(asked, counted)
    if found is None:
        return asked.without(Reason.NO_ANSWERS)
    published.together(asked.series, asked.filters)
    few = found.always and found.n < published.min_n
    if few or not published.shows_all(asked.series, asked.filters):
        return asked.without(Reason.SUPPRESSED)
    return JointCounts(found.without_few(published.min_n), asked.filters, since=asked.since)


def _whole_months(asked: Filters) -> Filters:
    first, last = period_start(asked.first_on, Grain.MONTH), period_end(asked.last_on, Grain.MONTH)
    return replace(asked, first_on=first, last_on=last)


def _versions(questionnaire: Questionnaire, series: Mapping[str, int]) -> tuple[dict[int, Layout], list[int]]:
    """The layouts of the versions that ask all this in the same words and on the same scales, by id; the others."""
    issued: list[Version] = [one for one in questionnaire.versions if one.status != Status.DRAFT]
    layouts = {version.id: layout_of(version) for version in issued}
    alike = {key: one for key, one in layouts.items() if series.items() <= one.series.items()}
    return alike, [key for key in layouts if key not in alike]


def scope(
    filters: Filters, version_ids: Iterable[int], told_apart: Sequence[int] = ()
) -> list[ColumnElement[bool]]:
    """In the order of the table's key; months are told by who asks."""
    services = told_apart or sorted(filters.service_type_ids) or [ANY_SERVICE]
    found: list[ColumnElement[bool]] = [
        JointTally.version_id.in_(version_ids),
        JointTally.service_type_id.in_(services),
    ]
    if filters.unit_path:
        below = Unit.path.startswith(filters.unit_path, autoescape=True)
        found.append(among(JointTally.unit_id, select(Unit.id).where(below)))
    return found


def within_reach(statement: Any, person: User | None) -> Any:
    return counted(statement, JointTally.unit_id, person)


def _after(person: User | None, filters: Filters, others: Sequence[int]) -> date | None:
    """The first day after the last month of the range in which one of these versions was answered."""
    months = JointTally.month_on.between(filters.first_on, filters.last_on)
    statement = select(func.max(JointTally.month_on)).where(*scope(filters, others), months)
    last = db.session.scalar(within_reach(statement, person)) if others else None
    return period_end(last, Grain.MONTH) + DAY if last else None


def _merged(asked: Asked, counted: Iterable[Burts]) -> Joint | None:
    """Of everybody who answered one of the versions; None where nobody did, or the range is empty."""
    sums: Burts = {}
    for burts in counted:
        for version_id, one in burts.items():
            sums[version_id] = sums[version_id] + one if version_id in sums else one
    layouts = [asked.layouts[version_id] for version_id in sums]
    always = [code for code in asked.codes if asked.complete and all(code in of.always for of in layouts)]
    joints = [
        Joint.of(layout.items, layout.always, counts).only(asked.codes, always)
        for layout, counts in zip(layouts, sums.values(), strict=True)
    ]
    return reduce(add, joints) if joints else None


def _burts(asked: Asked) -> dict[int, Burts]:
    """By unit and version."""
    statement = select(
        JointTally.unit_id, JointTally.version_id, JointTally.responses, JointTally.counts
    ).where(
        *scope(asked.filters, asked.layouts),
        JointTally.month_on.between(asked.filters.first_on, asked.filters.last_on),
    )
    found: dict[int, Burts] = defaultdict(dict)
    for unit_id, version_id, responses, counts in db.session.execute(within_reach(statement, asked.person)):
        one = unpacked(counts, responses, asked.layouts[version_id].shape)
        of_unit = found[unit_id]
        of_unit[version_id] = of_unit[version_id] + one if version_id in of_unit else one
    return found
