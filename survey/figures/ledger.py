"""What became of the services listed on some days: read from the counters of invitations, files and reports.

Completed are the invitations of these days that were used whenever; which responses they brought is not asked, so
that it is the same for anonymous questionnaires. How many of those are valid follows from all responses since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, select

from analysis.statistics.ledger import Stages, overlap
from survey import clock
from survey.access import limited
from survey.extensions import db
from survey.figures.filters import Filters
from survey.figures.places import Places
from survey.figures.publication import Publication
from survey.figures.rates import invitation_rate
from survey.figures.tallies import counts
from survey.models import Batch, Begun, Delivery, Invitation, LeftOut, LeftOutFor, Unit, User
from survey.processing.counting import RECEIVED
from survey.processing.flags import TOO_FAST

REPEATS = frozenset({LeftOutFor.TWICE, LeftOutFor.INVITED})
DISQUALIFYING = f"flag:{TOO_FAST}"


@dataclass(frozen=True, slots=True)
class InvitationLedger:
    """`stages` is None where too few were invited to be shown."""

    filters: Filters  # on the days that are shown
    stages: Stages | None
    repeats: int = 0  # rows that name a service again
    not_kept: int = 0  # files of which it was not kept what was left out
    still_open: bool = False  # whether some links still work


@dataclass(frozen=True)
class Asking:
    person: User | None
    filters: Filters
    timezone: str

    def batches(self) -> list[ColumnElement[bool]]:
        filters, zone = self.filters, ZoneInfo(self.timezone)
        begin, end = (
            datetime.combine(day, time(), zone)
            for day in (filters.first_on, filters.last_on + timedelta(days=1))
        )
        found = [
            Batch.questionnaire_id == filters.questionnaire_id,
            Batch.created_at >= begin,
            Batch.created_at < end,
        ]
        return [*found, Batch.channel == filters.channel] if filters.channel else found

    def places(self, statement: Select[Any], model: Any) -> Select[Any]:
        filters = self.filters
        if filters.service_type_ids:
            statement = statement.where(model.service_type_id.in_(sorted(filters.service_type_ids)))
        if filters.unit_path:
            below = select(Unit.id).where(Unit.path.startswith(filters.unit_path, autoescape=True))
            statement = statement.where(model.unit_id.in_(below))
        return limited(statement, model.unit_id, self.person) if self.person else statement


def invitation_ledger(
    person: User | None, asked: Filters, timezone: str, seen: Places, responses: tuple[Publication, int]
) -> InvitationLedger | None:
    """None when no invitation was made on these days, or language is a filter.

    `responses`: the publication of answers and the series of the responses themselves.
    """
    rate = invitation_rate(person, asked, seen, responses[0].min_n)
    if rate is None:
        return None
    if rate.estimate.value is None:
        return InvitationLedger(rate.filters, None)
    asking = Asking(person, rate.filters, timezone)
    not_kept, expires_at = _batches(asking)
    left_out = _counted(asking, LeftOut, LeftOut.reason)
    completed = round(rate.estimate.value * rate.estimate.n / 100)
    excluded = None if not_kept else {why: n for why, n in left_out.items() if why not in REPEATS}
    return InvitationLedger(
        rate.filters,
        _stages(asking, rate.estimate.n, completed, excluded, _set_aside(asking, *responses, completed)),
        sum(left_out[why] for why in REPEATS),
        not_kept,
        expires_at is not None and expires_at > clock.now(),
    )


def _stages(
    asking: Asking,
    invited: int,
    completed: int,
    excluded: Mapping[str, int] | None,
    set_aside: tuple[int, int] | None,
) -> Stages:
    not_sent = min(_not_sent(asking), invited - completed)
    reported = _counted(asking, Delivery, Delivery.fate)
    return Stages(invited - not_sent, not_sent, completed, excluded, reported, set_aside)


def _counted(asking: Asking, model: Any, by: Any) -> Counter[str]:
    statement = (
        select(by, func.sum(model.count))
        .join(Batch, Batch.id == model.batch_id)
        .where(*asking.batches())
        .group_by(by)
    )
    return Counter({what: int(n) for what, n in db.session.execute(asking.places(statement, model))})


def _batches(asking: Asking) -> tuple[int, datetime | None]:
    """How many did not keep what was left out, and until when links work."""
    statement = select(func.count() - func.count(Batch.given), func.max(Batch.expires_at))
    not_kept, until = db.session.execute(statement.where(*asking.batches())).one()
    return int(not_kept), until


def _not_sent(asking: Asking) -> int:
    statement = (
        select(func.count())
        .select_from(Invitation)
        .join(Batch, Batch.id == Invitation.batch_id)
        .where(*asking.batches(), Batch.issued_at.is_(None), Invitation.used_at.is_(None))
    )
    return db.session.scalar(asking.places(statement, Invitation)) or 0


def _set_aside(asking: Asking, published: Publication, series: int, completed: int) -> tuple[int, int] | None:
    """Of the completed: from all responses of the same units, service types and channel since the first day."""
    today = clock.today(asking.timezone)
    since = replace(asking.filters, last_on=max(today, asking.filters.last_on))
    if not published.shows(series, since):
        return None
    found = counts(asking.person, since, [series])[series].get((), Counter())
    return overlap(found[RECEIVED], completed, found[DISQUALIFYING])


def began(person: User | None, filters: Filters, timezone: str) -> tuple[int | None, date | None]:
    """Forms that were begun on these days, and since when they are counted; None where they were not, or by language."""
    asking, mine = (
        Asking(person, filters, timezone),
        Begun.questionnaire_id == filters.questionnaire_id,
    )
    since = db.session.scalar(asking.places(select(func.min(Begun.begun_on)).where(mine), Begun))
    if since is None or since > filters.last_on or filters.locale:
        return None, since
    statement = select(func.coalesce(func.sum(Begun.count), 0)).where(
        mine, Begun.begun_on.between(filters.first_on, filters.last_on)
    )
    if filters.channel:
        statement = statement.where(Begun.channel == filters.channel)
    return int(db.session.scalar(asking.places(statement, Begun)) or 0), since
