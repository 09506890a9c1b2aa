"""The worker's part: every case that has to be looked at, each by itself."""

from __future__ import annotations

import logging
from datetime import datetime

from survey import clock
from survey.availability import passing
from survey.cases import delivered, escalation
from survey.extensions import db

log = logging.getLogger(__name__)


def work_off() -> int:
    delivered.work_off()
    now, done, seen = clock.now(), 0, set[int]()
    while numbers := [number for number in escalation.waiting(now) if number not in seen]:
        db.session.rollback()
        done += sum(_looked_at(number, now) for number in numbers)
        seen |= set(numbers)
    db.session.rollback()
    return done


def _looked_at(number: int, now: datetime) -> bool:
    """One that cannot be handled must not hold up the others."""
    try:
        done = escalation.look(number, now)
    except Exception as error:
        db.session.rollback()
        if passing(error):
            raise
        log.exception("case %s could not be seen to", number)
        escalation.postpone(number, now)
        done = False
    db.session.commit()
    return done
