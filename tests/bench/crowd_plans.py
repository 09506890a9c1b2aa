"""What a large organisation has set itself: improvements, targets, and a report of the last twelve whole months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask import current_app
from sqlalchemy import select

from survey import clock
from survey.actions.service import Terms, register
from survey.extensions import db
from survey.models import Direction, Grain, Questionnaire, Report, Unit, User
from survey.processing.cuts import period_start
from survey.reports.service import Wanted, ask
from survey.targets.service import set_target
from tests.bench.crowd_draw import CODES

ACTIONS = 20  # more than a page lists
BESIDE = 4  # units that each is compared with
MEASURED = ((CODES[0], "csat", 80.0), (CODES[-1], "nps", 20.0))  # question, metric, target


def plan(person: User) -> None:
    """Commits."""
    questionnaire = db.session.scalars(select(Questionnaire)).one()
    units = list(db.session.scalars(select(Unit).order_by(Unit.id)))
    today = clock.today("Asia/Shanghai")
    for number in range(ACTIONS):
        register(questionnaire, _terms(units[5:], number, today), person)
    for code, metric, value in MEASURED:
        set_target(
            questionnaire, units[0], (code, metric), value, (today - timedelta(days=700), None), person
        )
    wanted_report(person)
    db.session.commit()


def wanted_report(person: User) -> Report:
    """Of the last twelve whole months and the whole organisation; not committed."""
    last = period_start(clock.today("Asia/Shanghai"), Grain.MONTH) - timedelta(days=1)
    questionnaire = db.session.scalars(select(Questionnaire)).one()
    days = date(last.year - 1, last.month, 28) + timedelta(days=4), last
    wanted = Wanted(questionnaire, None, (period_start(days[0], Grain.MONTH), last), "en")
    return ask(wanted, person, current_app.extensions["settings"])


def _terms(departments: Sequence[Unit], number: int, today: date) -> Terms:
    chosen = [departments[(number + step) % len(departments)] for step in range(BESIDE + 1)]
    code, metric, _value = MEASURED[number % len(MEASURED)]
    return Terms(
        title=f"Improvement {number}",
        question_code=code,
        metric=metric,
        starts_on=today - timedelta(days=200 + number),
        direction=Direction.UP,
        expected="More are satisfied.",
        responsible="The head",
        units=(chosen[0],),
        comparators=tuple(chosen[1:]),
    )
