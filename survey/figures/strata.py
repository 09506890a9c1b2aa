"""The strata of a case mix: a question's counts by service type and by what another question tells of who answered.

Read from the joint tallies, so of whole months. A unit is given out where both questions are published for it on these
days; its strata may be of few persons: whoever shows them merges those below MIN_N.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select

from analysis.statistics.burt import Burt, unpacked
from analysis.statistics.joint import Joint
from analysis.types import Reason
from survey.extensions import db
from survey.figures.filters import Filters
from survey.figures.joint import Asked, JointCounts, ask, scope, top_of, within_reach
from survey.figures.publication import Publication
from survey.models import JointTally, Unit, User

NOT_TOLD = ""  # in place of the other question's answer: by whom it was not answered
Stratum = tuple[int, str]  # service type, the other question's answer
Cells = Mapping[Stratum, Counter[str]]


@dataclass(frozen=True, slots=True)
class Strata:
    """`units` are those that are published, by id; none exactly when `reason` says why. See JointCounts."""

    filters: Filters
    units: Mapping[int, Cells] = field(default_factory=dict)
    since: date | None = None
    reason: Reason | None = None


def strata_by_unit(
    person: User | None, filters: Filters, published: Publication, units: Sequence[Unit],
    questions: tuple[str, str], services: Sequence[int],
) -> Strata:  # fmt: skip
    """`questions`: whose answers are counted, and by whose; `services` are told apart (ANY_SERVICE: all together)."""
    asked = ask(person, filters, questions, complete=False)
    if isinstance(asked, JointCounts):
        return Strata(asked.filters, since=asked.since, reason=asked.reason)
    published.together(asked.series, asked.filters)
    shown = {
        one.path: one.id
        for one in units
        if published.shows_all(asked.series, replace(asked.filters, unit_path=one.path))
    }
    found: dict[int, dict[Stratum, Counter[str]]] = {}
    for (unit, service, version), counted in _sums(asked, shown, services).items():
        cells = found.setdefault(unit, {})
        for level, counts in _by_level(asked, version, counted).items():
            cells.setdefault((service, level), Counter()).update(counts)
    reason = None if found else Reason.SUPPRESSED if units else Reason.NO_ANSWERS
    return Strata(asked.filters, found, asked.since, reason)


def _sums(
    asked: Asked, shown: Mapping[str, int], services: Sequence[int]
) -> dict[tuple[int, int, int], Burt]:
    """By compared unit, service type and version, over the months."""
    tally = JointTally
    statement = select(
        Unit.path, tally.service_type_id, tally.version_id, tally.responses, tally.counts
    ).join_from(tally, Unit, Unit.id == tally.unit_id)
    statement = statement.where(
        *scope(asked.filters, asked.layouts, services),
        tally.month_on.between(asked.filters.first_on, asked.filters.last_on),
    )
    found: dict[tuple[int, int, int], Burt] = {}
    for path, service, version, responses, counts in db.session.execute(
        within_reach(statement, asked.person)
    ):
        unit = top_of(path, shown)
        if unit is not None:
            key = unit, service, version
            one = unpacked(counts, responses, asked.layouts[version].shape)
            found[key] = found[key] + one if key in found else one
    return found


def _by_level(asked: Asked, version: int, counted: Burt) -> dict[str, Counter[str]]:
    """The first question's counts by each answer to the second, and by those who gave none."""
    layout, (of, by) = asked.layouts[version], asked.codes
    pairs = Joint.of(layout.items, layout.always, counted).only([of, by], [])
    values, rest = pairs.item(of).levels, Counter(pairs.counts(of))
    found = {}
    for level, line in zip(pairs.item(by).levels, pairs.table(by, of), strict=True):
        found[level] = Counter(dict(zip(values, line, strict=True)))
        rest -= found[level]
    return found | {NOT_TOLD: rest}
