"""Reading the roster: who is on duty, and who is next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from survey.duty.plan import Found, Plan
from survey.models import Tier, Unit, User


def plan_for(units: Sequence[Unit], at: datetime) -> Plan:
    return Plan(units, at.date())


def on_duty(unit: Unit, tier: Tier, at: datetime) -> Found:
    """Who of a tier has duty for the unit, or why nobody has."""
    return plan_for([unit], at).on_duty(unit.id, tier, at)


def chain(unit: Unit, at: datetime, plan: Plan | None = None) -> list[Found]:
    """Every tier in the order in which it is told, with its person or its hole; then the last resort.

    On working days the duty office ends the roster's chain, at other times the duty officer.
    """
    plan = plan or plan_for([unit], at)
    return [*rostered(plan, unit.id, at), *plan.last_resort(unit.id, at)]


def rostered(plan: Plan, unit_id: int, at: datetime) -> list[Found]:
    """The part of the chain that the roster fills."""
    found = [plan.on_duty(unit_id, tier, at) for tier in tiers(plan, unit_id, at)]
    if found[-1].tier is Tier.OFFICE and found[-1].person is None:  # closed, though the unit is at work
        found.append(plan.on_duty(unit_id, Tier.OFFICER, at))
    return found


def tiers(plan: Plan, unit_id: int, at: datetime) -> tuple[Tier, ...]:
    last = Tier.OFFICE if plan.calendar(unit_id).is_working(at) else Tier.OFFICER
    return Tier.RECIPIENT, Tier.DEPUTY, Tier.HEAD, last


def people(found: Sequence[Found]) -> list[tuple[Found, User]]:
    """Everybody of a chain once, where first in it."""
    seen: dict[object, tuple[Found, User]] = {}
    for one in found:
        if one.person is not None:
            seen.setdefault(one.person.id, (one, one.person))
    return list(seen.values())


def first(unit: Unit, at: datetime) -> User | None:
    """Whom a new case goes to; None only where no administrator has an account."""
    return next((person for _found, person in people(chain(unit, at))), None)
