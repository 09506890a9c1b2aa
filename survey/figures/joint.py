"""Reading the joint tallies: pairs of answers, merged over units and whole months, as far as they are published.

The months are those around the days asked for. They begin after the last month in which the chosen units still
answered a version that asked one of the questions in other words or on another scale. Only whole months, all of whose
answers to each question are published, are given out: so what is counted jointly is exactly what is counted singly.

NOT_APPLICABLE with filters on channel or language, which joint tallies do not tell apart, and for a question that is
not counted jointly. SUPPRESSED where something is not published, or fewer than MIN_N answered every scale of the
questionnaire; a pair of questions that fewer answered is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from analysis.statistics.burt import Burt, nobody, unpacked
from analysis.statistics.joint import Joint
from analysis.types import Reason
from survey.access import limited
from survey.extensions import db
from survey.figures.cover import DAY, period_end
from survey.figures.filters import Filters
from survey.figures.publication import Publication
from survey.figures.subjects import current, responses_series
from survey.models import ANY_SERVICE, Grain, JointTally, Questionnaire, Status, Unit, User, Version
from survey.processing.cuts import period_start
from survey.processing.joint_layout import Layout, layout_of


@dataclass(frozen=True, slots=True)
class JointCounts:
    """`joint` is None exactly when `reason` says why. `filters` have the days that are counted.

    `since` is their first day where earlier answers were left out, to questions in other words.
    """

    joint: Joint | None
    filters: Filters
    reason: Reason | None = None
    since: date | None = None


def joint(
    person: User | None, asked: Filters, published: Publication, codes: Sequence[str] | None = None,
    *, complete: bool = True,
) -> JointCounts:  # fmt: skip
    """Of these questions, by default of all that are counted jointly; what `person` may see (None: all).

    Without `complete` persons the result has tables of pairs alone, however few answered every scale.
    """
    version = current(db.session.get_one(Questionnaire, asked.questionnaire_id))
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
    found = _merged(person, filters, alike, wanted, complete)
    if found is None:
        return JointCounts(None, filters, Reason.NO_ANSWERS, since)
    named = [responses_series(version), *(series[code] for code in wanted)]
    if not _shown(published, filters, named, found):
        return JointCounts(None, filters, Reason.SUPPRESSED, since)
    return JointCounts(found.without_few(published.min_n), filters, since=since)


def _shown(published: Publication, filters: Filters, series: Sequence[int], found: Joint) -> bool:
    if found.always and found.n < published.min_n:
        return False
    published.together(series, filters)
    return published.shows_all(series, filters)


def _whole_months(asked: Filters) -> Filters:
    first, last = period_start(asked.first_on, Grain.MONTH), period_end(asked.last_on, Grain.MONTH)
    return replace(asked, first_on=first, last_on=last)


def _versions(questionnaire: Questionnaire, series: Mapping[str, int]) -> tuple[dict[int, Layout], list[int]]:
    """The layouts of the versions that ask all this in the same words and on the same scales, by id; the others."""
    issued: list[Version] = [one for one in questionnaire.versions if one.status != Status.DRAFT]
    layouts = {version.id: layout_of(version) for version in issued}
    alike = {key: one for key, one in layouts.items() if series.items() <= one.series.items()}
    return alike, [key for key in layouts if key not in alike]


def _scope(filters: Filters, version_ids: Iterable[int]) -> list[ColumnElement[bool]]:
    """In the order of the table's key; months are told by who asks."""
    services = sorted(filters.service_type_ids) or [ANY_SERVICE]
    found: list[ColumnElement[bool]] = [
        JointTally.version_id.in_(version_ids),
        JointTally.service_type_id.in_(services),
    ]
    if filters.unit_path:
        below = Unit.path.startswith(filters.unit_path, autoescape=True)
        found.append(JointTally.unit_id.in_(select(Unit.id).where(below)))
    return found


def _seen(statement: Any, person: User | None) -> Any:
    return statement if person is None else limited(statement, JointTally.unit_id, person)


def _after(person: User | None, filters: Filters, others: Sequence[int]) -> date | None:
    """The first day after the last month of the range in which one of these versions was answered."""
    months = JointTally.month_on.between(filters.first_on, filters.last_on)
    statement = select(func.max(JointTally.month_on)).where(*_scope(filters, others), months)
    last = db.session.scalar(_seen(statement, person)) if others else None
    return period_end(last, Grain.MONTH) + DAY if last else None


def _merged(
    person: User | None, filters: Filters, layouts: Mapping[int, Layout], codes: Sequence[str], complete: bool
) -> Joint | None:
    """Of everybody who answered one of the versions; None where nobody did, or the range is empty."""
    counted = _burts(person, filters, layouts)
    answered = [layouts[version_id] for version_id in counted]
    always = [code for code in codes if complete and all(code in layout.always for layout in answered)]
    whole: Joint | None = None
    for version_id, counts in counted.items():
        layout = layouts[version_id]
        one = Joint.of(layout.items, layout.always, counts).only(codes, always)
        whole = one if whole is None else whole + one
    return whole


def _burts(person: User | None, filters: Filters, layouts: Mapping[int, Layout]) -> dict[int, Burt]:
    statement = select(JointTally.version_id, JointTally.responses, JointTally.counts).where(
        *_scope(filters, layouts), JointTally.month_on.between(filters.first_on, filters.last_on)
    )
    found: dict[int, Burt] = {}
    for version_id, responses, counts in db.session.execute(_seen(statement, person)):
        shape = layouts[version_id].shape
        found[version_id] = found.get(version_id, nobody(shape)) + unpacked(counts, responses, shape)
    return found
