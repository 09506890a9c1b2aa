"""How many of the personal invitations were answered; published as answers are, on days of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select, union_all

from analysis.statistics import no_change, response_rate
from analysis.statistics.change import between
from analysis.types import Comparison, Estimate, Reason
from analysis.types import Unit as Measure
from survey.access import among, counted
from survey.extensions import db
from survey.figures.cover import Part, cover, grains_for, widened
from survey.figures.filters import Filters
from survey.figures.invited import Invited, cut
from survey.figures.measures import hidden
from survey.figures.places import Places
from survey.figures.publication import Publication
from survey.models import InvitationTally, Unit, User


@dataclass(frozen=True, slots=True)
class InvitationRate:
    """Of the invitations made on the days of `filters`, which may be more than were asked for."""

    filters: Filters
    estimate: Estimate
    change: Comparison


def invitation_rate(person: User | None, asked: Filters, seen: Places, min_n: int) -> InvitationRate | None:
    """None when no invitation was made on these days, or language is a filter."""
    if asked.locale:
        return None
    published = Publication(person, asked.questionnaire_id, seen, min_n, Invited())
    filters = published.snap(asked.questionnaire_id, asked)
    if filters is None:
        return InvitationRate(asked, hidden(response_rate(0, 0)), _unknown())
    now = _rate(person, filters)
    if now.n == 0:
        return None
    before = filters.before()
    if not published.shows(asked.questionnaire_id, before):
        return InvitationRate(filters, now, _unknown())
    return InvitationRate(filters, now, between(now, _rate(person, before)))


def _unknown() -> Comparison:
    return no_change(response_rate(0, 0).metric, Measure.PERCENT, Reason.SUPPRESSED)


def _rate(person: User | None, filters: Filters) -> Estimate:
    known = Invited().known(filters.questionnaire_id, None)
    if known is None:
        return response_rate(0, 0)
    grains = grains_for(None, weeks=False)
    parts = cover(*widened(filters.first_on, filters.last_on, known, grains[0]), grains)
    arms = [_arm(person, filters, part) for part in parts]
    counted = db.session.execute(union_all(*arms)).all() if arms else []
    return response_rate(sum(int(used) for _sent, used in counted), sum(int(sent) for sent, _used in counted))


def _arm(person: User | None, filters: Filters, part: Part) -> Select[Any]:
    tally = InvitationTally
    channels = [filters.channel] if filters.channel else []
    sums: tuple[Any, ...] = (tally.sent, tally.used)
    arm = (
        select(*(func.coalesce(func.sum(one), 0) for one in sums))
        .where(tally.questionnaire_id == filters.questionnaire_id)
        .where(*cut(part.grain, channels, sorted(filters.service_type_ids)))
        .where(tally.period_on.between(part.first, part.last))
    )
    if filters.unit_path:
        below = Unit.path.startswith(filters.unit_path, autoescape=True)
        arm = arm.where(among(tally.unit_id, select(Unit.id).where(below)))
    return counted(arm, tally.unit_id, person)
