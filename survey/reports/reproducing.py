"""Making a report's figures again: from its own counts, and from the tallies of today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from survey.config import Settings
from survey.figures import places
from survey.models import Report, RoleName, User
from survey.program import program_version
from survey.reports.numbers import numbers_of
from survey.reports.service import Wanted, identity, period
from survey.reports.taking import snapshot

ASIDE = ("program", "figures", "form")  # not counted
SINCE = {"ledger": 2}  # the form of the snapshot from which it is held
Leaf = tuple[tuple[Any, ...], Any]


@dataclass(frozen=True, slots=True)
class Reproduced:
    kept: bool  # whether the snapshot is what was stored then
    same: bool  # whether its counts give the same figures again
    changed: int  # counts that the tallies of today give otherwise
    responses: int | None  # more (or fewer) responses today; None where either is hidden

    @property
    def sound(self) -> bool:
        return self.kept and self.same


def reproduce(report: Report, settings: Settings) -> Reproduced:
    today = _today(report, settings)
    then = report.snapshot
    held = {name: today[name] for name in today if SINCE.get(name, 1) <= then["form"]}
    before, now = dict(_leaves(then, ())), dict(_leaves(held, ()))
    changed = sum(before.get(place) != now.get(place) for place in before.keys() | now.keys())
    responses = None
    if "responses" in then and "responses" in today:
        responses = today["responses"][0] - then["responses"][0]
    kept = identity(then) == report.identity
    return Reproduced(kept, then.get("figures") == numbers_of(report), changed, responses)


def _today(report: Report, settings: Settings) -> dict[str, Any]:
    """The same question, for somebody who sees what its maker saw."""
    role = RoleName.ADMINISTRATOR if report.scope is None else RoleName.QUALITY_MANAGER
    person = User(role=role, unit=report.scope, unit_id=report.scope_id)
    days = report.first_on, report.last_on
    wanted = Wanted(report.questionnaire, report.unit, days, report.locale)
    view = period(wanted, person, places(person), settings, report.version)
    return snapshot(view, program_version())


def _leaves(node: Any, place: tuple[Any, ...]) -> Iterator[Leaf]:
    """Every count with its place. A unit is known by its code, so that a new one moves none."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key not in ASIDE and key != "names":
                yield from _leaves(value, (*place, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            key = value.get("code", number) if isinstance(value, Mapping) else number
            yield from _leaves(value, (*place, key))
    else:
        yield place, node
