"""What the worker does: the PDFs of reports. The row is the truth: a killed worker's report is taken up again."""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from survey import clock
from survey.availability import passing
from survey.extensions import db
from survey.models import Report, Stage
from survey.pictures import NotMade, possible
from survey.reports.printing import pdf

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 3

log = logging.getLogger(__name__)


def work_off() -> int:
    """Makes the PDFs that wait, one after the other. Commits."""
    done = 0
    while (held := _claim()) is not None:
        _end(*held, _made(held[0]))
        done += 1
    return done


def _claim() -> tuple[uuid.UUID, datetime] | None:
    """The next report, leased to this worker; one that ended a worker too often is given up."""
    now = clock.now()
    column: Any = Report.leased_until
    free = or_(Report.leased_until.is_(None), clock.over(column, now, LEASE))
    report = db.session.scalar(
        select(Report)
        .where(Report.stage == Stage.WAITING, free)
        .order_by(Report.made_at)
        .limit(1)
        .with_for_update(skip_locked=True, of=Report)
    )
    held = None
    if report is not None:
        report.attempts += 1
        report.leased_until = now + LEASE
        held = report.id, report.leased_until
    db.session.commit()
    return held


def _made(number: uuid.UUID) -> dict[str, Any]:
    """What becomes of the row. It is read in a transaction that ends before Chromium starts its work."""
    if not possible():
        return {"stage": Stage.IMPOSSIBLE}
    report = db.session.get_one(Report, number)
    last = report.attempts >= MOST_ATTEMPTS
    try:
        return {"stage": Stage.DONE, "pdf": pdf(report)}
    except Exception as error:
        if passing(error):
            raise
        told = str(error) if isinstance(error, NotMade) else type(error).__name__
        log.warning("the PDF of report %s could not be made: %s", number, told)
        return {"stage": Stage.FAILED} if last else {}
    finally:
        db.session.rollback()


def _end(number: uuid.UUID, until: datetime, values: dict[str, Any]) -> None:
    """Only while it is still this worker's: so it is made once."""
    statement = update(Report).where(Report.id == number, Report.leased_until == until)
    db.session.execute(statement.values(**values, leased_until=None))
    db.session.commit()
