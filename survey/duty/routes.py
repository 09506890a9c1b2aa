"""The days to come with their holes, and the roster of a unit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from flask import render_template, request, url_for
from flask_babel import get_locale
from flask_security import current_user

from survey import clock
from survey.access import Act, may, required, visible_unit, visible_units
from survey.duty import holes, names, queries, reading, week
from survey.duty.blueprint import blueprint
from survey.duty.hours import say_span
from survey.duty.plan import Plan
from survey.duty.zone import default_zone
from survey.models import ROSTERED, DutyTurn, Hours, Unit
from survey.names import person_name


@blueprint.get("")
@required(Act.READ_DUTY)
def index() -> str:
    number = min(max(request.args.get("page", 1, int), 1), 10_000)
    code = request.args.get("unit", "")
    top = visible_unit(current_user, code) if code else None
    units, more = reading.units_of(current_user, number, top)
    today = clock.today(default_zone())
    plan = Plan(units, today)
    given: dict[str, Any] = {"unit": code} if code else {}
    return render_template(
        "duty/index.html",
        units=[
            (unit, days, ZoneInfo(plan.calendar(unit.id).timezone))
            for unit, days in holes.by_unit(plan, units, today)
        ],
        top=top,
        none=not reading.any_turn(),
        newer=url_for(".index", page=number - 1, **given) if number > 1 else None,
        older=url_for(".index", page=number + 1, **given) if more else None,
        local=week.local,
        today=today,
        **words(),
    )


def words() -> dict[str, Any]:
    return {
        "tiers": names.TIERS,
        "tier_hints": names.TIER_HINTS,
        "whys": names.HOLES,
        "weekdays": names.WEEKDAYS,
        "short_day": lambda day: format_skeleton("MMMd", day, locale=get_locale()),
        "person_name": person_name,
        "may_manage": may(current_user, Act.MANAGE_DUTY),
    }


@blueprint.get("/units/<code>")
@required(Act.READ_DUTY)
def unit(code: str) -> str:
    found = visible_unit(current_user, code)
    now = clock.now()
    plan = Plan([found], now.date() - timedelta(days=60))
    calendar = plan.calendar(found.id)
    today = calendar.day(now)
    first = _first(today)
    days = holes.days_of(plan, found.id, first, 7)
    return render_template(
        "duty/unit.html",
        unit=found,
        above=_seen_above(found),
        now=queries.rostered(plan, found.id, now),
        working=calendar.is_working(now),
        rows=week.rows(days, found.id, calendar.zone),
        spans=lambda day: [say_span(*span) for span in calendar.spans(day)],
        today=today,
        turns=reading.turns_of(found, today),
        says=says,
        one_week=timedelta(days=7),
        order=ROSTERED,
        timezone=calendar.timezone,
        **words(),
    )


def _first(today: date) -> date:
    """The first of the seven days, not long ago and not too far away."""
    try:
        asked = date.fromisoformat(request.args.get("week", ""))
    except ValueError:
        asked = today
    return min(max(asked, today - timedelta(days=56)), today + timedelta(days=366))


def _seen_above(unit: Unit) -> Unit | None:
    known = {one.id: one for one in visible_units(current_user)}
    return known.get(unit.parent_id or 0)


def says(turn: DutyTurn) -> str:
    """Its hours."""
    if turn.hours != Hours.FIXED:
        return str(names.HOURS[Hours(turn.hours)])
    return say_span(turn.start_minute, turn.end_minute)
