"""Requests about rosters, working hours and limits that succeed, and the entries they leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.survey.access.doors import LIMIT, TURN
from tests.survey.access.world import Kind, Whose, World

UNIT = "/duty/units/mine-ward"
WEEK = {f"day_{number}": "08:00-16:00" for number in range(7)} | {"own": "own", "timezone": ""}


def _to_remove(kind: Kind, where: str) -> Callable[[World], str]:
    return lambda world: f"/duty/{where}/{world.value(kind, Whose.OWN, 'A')}/remove"


CHANGES: dict[str, tuple[str | Callable[[World], str], dict[str, Any], tuple[str, str]]] = {
    "duty.new_turn": (f"{UNIT}/turns/new", TURN, ("created", "duty_turn")),
    "duty.remove_turn": (_to_remove(Kind.TURN, "turns"), {}, ("changed", "duty_turn")),
    "duty.new_absence": (
        "/duty/absences/new",
        {"person": "staff-of-mine@example.org", "first_on": "2027-01-01", "last_on": "2027-01-02"},
        ("created", "absence"),
    ),
    "duty.remove_absence": (_to_remove(Kind.ABSENCE, "absences"), {}, ("deleted", "absence")),
    "duty.calendar": (f"{UNIT}/calendar", WEEK, ("created", "work_calendar")),
    "duty.new_day": (
        f"{UNIT}/calendar/days/new",
        {"day": "2027-01-01", "kind": "holiday", "name": "New Year"},
        ("created", "special_day"),
    ),
    "duty.remove_day": (_to_remove(Kind.DAY, "days"), {}, ("deleted", "special_day")),
    "duty.import_file": (
        f"{UNIT}/calendar/import",
        {"store": "1", "text": "date,kind,name\n2027-01-01,holiday,New Year\n"},
        ("created", "special_day"),
    ),
    "duty.limits": (f"{UNIT}/limits", LIMIT, ("created", "time_limit")),
    "drills.new": (
        "/duty/drills/new",
        {"unit": "mine", "severity": "serious", "when": "now"},
        ("created", "drill"),
    ),
    "drills.stop": (
        lambda world: f"/duty/drills/{world.value(Kind.DRILL, Whose.OWN, 'A')}/stop",
        {},
        ("changed", "drill"),
    ),
    "drills.plan": (
        "/duty/drills/monthly",
        {"unit": "mine-ward", "severity": "serious"},
        ("changed", "drill_plan"),
    ),
    "drills.end_plan": ("/duty/drills/monthly/mine-ward/end", {}, ("deleted", "drill_plan")),
}
