"""The demonstration's duty roster: covered in the hospital, with a hole at the power company in nine days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from survey import clock
from survey.extensions import db
from survey.models import Absence, DutyTurn, Hours, SpecialDay, Tier, User, WorkCalendar

_WARD_HOURS = [[[480, 720], [840, 1080]]] * 6 + [[[480, 720]]]
# tier, unit, who, when, every how many weeks, from which week on, until how many days from today
TURNS: tuple[tuple[Tier, str, str, Hours, int, int, int | None], ...] = (
    (Tier.RECIPIENT, "hospital", "nurse", Hours.WORKING, 1, 0, None),
    (Tier.OFFICE, "hospital", "quality", Hours.WORKING, 1, 0, None),
    (Tier.OFFICER, "hospital", "head", Hours.OUTSIDE, 2, 0, None),
    (Tier.OFFICER, "hospital", "medical", Hours.OUTSIDE, 2, 1, None),
    (Tier.RECIPIENT, "orthopaedics", "staff", Hours.WORKING, 1, 0, None),
    (Tier.DEPUTY, "orthopaedics", "nurse", Hours.WORKING, 1, 0, None),
    (Tier.RECIPIENT, "power", "service", Hours.WORKING, 1, 0, None),
    (Tier.OFFICE, "power", "power", Hours.WORKING, 1, 0, None),
    (Tier.OFFICER, "power", "power", Hours.OUTSIDE, 1, 0, 9),
)
# as the State Council set them for 2026: first and last day, name; then the days that are worked instead
HOLIDAYS = (
    ("2026-01-01", "2026-01-03", "元旦"),
    ("2026-02-15", "2026-02-23", "春节"),
    ("2026-04-04", "2026-04-06", "清明节"),
    ("2026-05-01", "2026-05-05", "劳动节"),
    ("2026-06-19", "2026-06-21", "端午节"),
    ("2026-09-25", "2026-09-27", "中秋节"),
    ("2026-10-01", "2026-10-07", "国庆节"),
)
WORKED = ("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")


def fill_roster(ids: Mapping[str, int], today: date) -> None:
    people = {user.email.partition("@")[0]: user for user in db.session.scalars(select(User))}
    monday = today - timedelta(days=today.weekday(), weeks=8)
    for tier, unit, who, hours, every, week, until in TURNS:
        turn = DutyTurn(unit_id=ids[f"unit:{unit}"], tier=tier, person_id=people[who].id, hours=hours)
        turn.weekdays, turn.every, turn.start_minute, turn.end_minute = "1111111", every, 0, 1440
        turn.first_on = monday + timedelta(weeks=week)
        turn.last_on = today + timedelta(days=until) if until is not None else None
        db.session.add(turn)
    away = Absence(person_id=people["staff"].id, substitute_id=people["nurse"].id, entered_at=clock.now())
    away.first_on, away.last_on = today + timedelta(days=3), today + timedelta(days=7)
    db.session.add(away)
    db.session.add(WorkCalendar(unit_id=ids["unit:orthopaedics"], weekly=_WARD_HOURS))
    _special(ids["unit:group"])
    db.session.flush()


def _special(unit_id: int) -> None:
    for first, last, name in HOLIDAYS:
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            db.session.add(SpecialDay(unit_id=unit_id, day=day, name=name, working=False))
            day += timedelta(days=1)
    for text in WORKED:
        row = SpecialDay(unit_id=unit_id, day=date.fromisoformat(text), name="调休上班", working=True)
        db.session.add(row)
