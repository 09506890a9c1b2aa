"""The demonstration's cases: a year of those that are closed, and a few in every state that wait for somebody."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from survey import clock
from survey.cases.life import Step, take
from survey.cases.opening import open_case
from survey.demo.case_texts import CAUSES, READ_BACKS, REASON, RESOLUTIONS
from survey.extensions import db
from survey.models import (
    Case,
    CaseCause,
    CaseHappened,
    CaseResponse,
    CaseState,
    Comment,
    Party,
    Severity,
    Unit,
    User,
)

CLOSED, MOST_OF_A_UNIT = 150, 16
STAGES = (
    CaseState.OPEN, CaseState.OPEN, CaseState.NOTIFIED, CaseState.NOTIFIED, CaseState.ACKNOWLEDGED, CaseState.IN_PROGRESS,
    CaseState.WAITING, CaseState.RESOLVED, CaseState.VERIFIED, CaseState.REOPENED, CaseState.IN_PROGRESS, CaseState.NOTIFIED,
)  # fmt: skip
_LIMITS = {  # minutes to acknowledge, to speak with the customer, to resolve
    Severity.SERIOUS: (60, 24 * 60, 3 * 24 * 60),
    Severity.ORDINARY: (8 * 60, 48 * 60, 7 * 24 * 60),
    Severity.ATTENTION: (24 * 60, 96 * 60, 14 * 24 * 60),
}


def follow_up(seed: int) -> None:
    """After the responses are processed: cases are opened of what was said."""
    chance = random.Random(seed)  # noqa: S311
    causes = _causes()
    people = {one.id: one for one in db.session.scalars(select(User)).unique()}
    staff = _staff(list(people.values()))
    said = _worst()
    recent, before = said[: len(STAGES)], said[len(STAGES) : len(STAGES) + CLOSED]
    for row in before:
        opened = datetime.combine(row.submitted_on, time(chance.randrange(8, 17), chance.randrange(60)), UTC)
        _Course(row, min(opened, clock.now() - timedelta(days=20)), staff[row.unit_id], chance, causes).go(
            CaseState.CLOSED
        )
    for at, (row, stage) in enumerate(zip(recent, STAGES, strict=False)):
        opened = clock.now() - timedelta(minutes=17 + 190 * at)
        _Course(row, opened, staff[row.unit_id], chance, causes).go(stage)
    db.session.commit()


def _causes() -> list[CaseCause]:
    """The tree; returned are those that have none below."""
    leaves = []
    for position, (names, below) in enumerate(CAUSES):
        top = CaseCause(names=names, position=position)
        db.session.add(top)
        db.session.flush()
        for deeper, named in enumerate(below):
            leaf = CaseCause(names=named, parent_id=top.id, position=deeper)
            db.session.add(leaf)
            leaves.append(leaf)
    db.session.flush()
    return leaves


def _staff(people: Sequence[User]) -> dict[int, list[User]]:
    """Who works on the cases of each unit: those of the unit, else those above it, the nearest first."""
    found = {}
    workers = [one for one in people if one.unit is not None and one.role != "auditor"]
    for unit in db.session.scalars(select(Unit)):
        mine = [one for one in workers if one.unit and unit.path.startswith(one.unit.path)]
        found[unit.id] = sorted(mine, key=lambda one: -len(one.unit.path if one.unit else ""))
    return found


def _worst() -> list[Any]:
    """One negative comment a response, the latest first, not too many of one unit."""
    rows = db.session.execute(
        select(Comment.response_id, Comment.unit_id, Comment.submitted_on, Comment.locale)
        .where(Comment.label == "negative", Comment.response_id.not_in(select(CaseResponse.response_id)))
        .order_by(Comment.submitted_on.desc(), Comment.response_id)
    ).all()
    seen: set[Any] = set()
    of_unit: dict[int, int] = {}
    found: list[Any] = []
    for row in rows:
        if row.response_id in seen or of_unit.get(row.unit_id, 0) >= MOST_OF_A_UNIT:
            continue
        seen.add(row.response_id)
        of_unit[row.unit_id] = of_unit.get(row.unit_id, 0) + 1
        found.append(row)
    return found


class _Course:
    """One case, from its opening as far as it goes."""

    def __init__(
        self, row: Any, at: datetime, people: list[User], chance: random.Random, causes: list[CaseCause]
    ) -> None:
        self.chance, self.causes, self.language = chance, causes, "en" if row.locale == "en" else "zh"
        severity = chance.choices(list(_LIMITS), [2, 5, 3])[0]
        self.at, self.owner = at, people[0]
        self.other = people[1] if len(people) > 1 else people[0]
        self.case: Case = open_case(row.unit_id, severity, [row.response_id], [REASON], at)
        for name, minutes in zip(("acknowledge", "contact", "resolve"), _LIMITS[severity], strict=True):
            setattr(self.case, f"due_{name}_at", at + timedelta(minutes=minutes))
        self.limits = _LIMITS[severity]

    def go(self, to: CaseState) -> None:
        self._step(CaseHappened.NOTIFIED, 0.02, CaseState.NOTIFIED if to != CaseState.OPEN else None)
        if to not in (CaseState.OPEN, CaseState.NOTIFIED):
            self._work(to)

    def _work(self, to: CaseState) -> None:
        problem, promise = self.chance.choice(READ_BACKS[self.language])
        self._acknowledge(problem, promise)
        if to == CaseState.ACKNOWLEDGED:
            return
        self._contact()
        if to == CaseState.WAITING:
            self.case.waiting_since, self.case.waiting_until = self.at, self.at + timedelta(days=3)
            self._step(CaseHappened.WAITING, 0.1, CaseState.WAITING, self.owner)
        if to in (CaseState.IN_PROGRESS, CaseState.WAITING):
            return
        self._resolve()
        if to == CaseState.REOPENED or (to == CaseState.CLOSED and self.chance.random() < 0.06):
            self._reopen(to)
        if to in (CaseState.VERIFIED, CaseState.CLOSED):
            self.case.verified_at = self.at
            self._step(CaseHappened.VERIFIED, 3, CaseState.VERIFIED, self.other)
        if to == CaseState.CLOSED:
            self._close()

    def _acknowledge(self, problem: str, promise: str) -> None:
        spread = self.chance.lognormvariate(-0.7, 0.8)
        if spread > 1:
            self.case.escalations, self.case.tier = self.case.escalations + 1, 1
            details = {"tier": 1, "limit": "acknowledge"}
            self._step(CaseHappened.ESCALATED, self.limits[0] / 60, details=details)
        said = {"problem": problem, "promise": promise}
        self._step(
            CaseHappened.ACKNOWLEDGED, spread * self.limits[0] / 60, CaseState.ACKNOWLEDGED, self.owner, said
        )
        self.case.owner_id = self.owner.id
        self.case.acknowledged_at = self.case.acknowledged_at or self.at

    def _contact(self) -> None:
        problem = self.chance.choices(["", "missing", "wrong"], [80, 14, 6])[0]
        hours = self.chance.lognormvariate(-0.9, 0.9) * self.limits[1] / 60
        details = {"reached": not problem} | ({"problem": problem} if problem else {})
        self._step(
            CaseHappened.CONTACT, hours, CaseState.IN_PROGRESS, self.owner, details=details, channel="phone"
        )
        self.case.contact_problem = problem or None
        self.case.contacted_at = self.case.contacted_at or (None if problem else self.at)

    def _resolve(self) -> None:
        hours = self.chance.lognormvariate(-0.8, 0.8) * self.limits[2] / 60
        weights = [1 / (at + 1) for at in range(len(self.causes))]
        cause = self.chance.choices(self.causes, weights)[0]
        measure, outcome = self.chance.choice(RESOLUTIONS[self.language])
        said = {"measure": measure, "outcome": outcome}
        self.case.cause_id, self.case.resolved_by_id = cause.id, self.owner.id
        self._step(CaseHappened.RESOLVED, hours, CaseState.RESOLVED, self.owner, said, {"cause": cause.id})
        self.case.resolved_at = self.at

    def _reopen(self, to: CaseState) -> None:
        self.case.resolved_at, self.case.reopenings = None, self.case.reopenings + 1
        self._step(CaseHappened.REOPENED, 20, CaseState.REOPENED, Party.CUSTOMER)
        if to == CaseState.CLOSED:
            self._acknowledge(*self.chance.choice(READ_BACKS[self.language]))
            self._step(CaseHappened.STARTED, 1, CaseState.IN_PROGRESS, self.owner)
            self._resolve()

    def _close(self) -> None:
        self.case.told_on = self.at.date()
        self.case.told_how = "not_told" if self.case.contact_problem else "phone"
        details = {"told_on": self.case.told_on.isoformat(), "told_how": self.case.told_how}
        self._step(CaseHappened.CLOSED, 2, CaseState.CLOSED, self.owner, details=details)
        if self.chance.random() < 0.45:
            rating = self.chance.choices([1, 2, 3, 4, 5], [1, 1, 3, 6, 5])[0]
            self.case.satisfaction = rating
            self._step(CaseHappened.RATED, 20, by=Party.CUSTOMER, details={"satisfaction": rating})

    def _step(
        self,
        kind: CaseHappened,
        hours: float,
        to: CaseState | None = None,
        by: User | Party = Party.SYSTEM,
        said: dict[str, str] | None = None,
        details: dict[str, Any] | None = None,
        channel: str = "",
    ) -> None:
        self.at = min(self.at + timedelta(hours=hours), clock.now())
        take(self.case, Step(kind, by, to, said or {}, channel, details or {}, self.at))
