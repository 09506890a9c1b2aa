"""What the roster of a ward holds: a person with a turn and an absence, a holiday, a drill and a monthly one."""

from __future__ import annotations

from datetime import date, timedelta

from survey import clock
from survey.drills.monthly import set_plan
from survey.drills.service import ask
from survey.extensions import db
from survey.models import Absence, DutyTurn, SpecialDay, Unit
from tests import factories


def roster(ward: Unit) -> dict[str, int]:
    """Their ids, by what world.py calls them."""
    name = ward.code.partition("-")[0]
    nurse = factories.UserFactory(
        role="staff", unit=ward, name=f"{name} nurse", email=f"staff-of-{name}@example.org"
    )
    today = clock.today("Asia/Shanghai")
    turn = DutyTurn(unit_id=ward.id, tier="recipient", person_id=nurse.id, weekdays="1111111", every=1)
    turn.hours, turn.start_minute, turn.end_minute, turn.first_on = "working", 0, 1440, date(2026, 1, 1)
    away = Absence(person_id=nurse.id, first_on=today, last_on=today + timedelta(days=2))
    away.entered_at = clock.now()
    day = SpecialDay(unit_id=ward.id, day=date(2026, 12, 31), name=f"{name} day", working=False)
    db.session.add_all([turn, away, day])
    db.session.flush()
    drill = ask(ward, "ordinary", None, nurse)
    set_plan(ward, "attention", nurse)
    return {"turn": turn.id, "absence": away.id, "day": day.id, "drill": drill.id}
