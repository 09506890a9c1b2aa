"""Many cases: the inbox of three roles, and the figures about cases. Four fifths of the cases are closed."""

from __future__ import annotations

import statistics
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import insert, select

from survey import clock
from survey.cases.limits import NEVER
from survey.extensions import db
from survey.models import (
    Case,
    CaseCause,
    CaseKind,
    CaseResponse,
    CaseState,
    Comment,
    Response,
    RoleName,
    Severity,
    Unit,
)
from tests import factories
from tests.bench import crowd
from tests.bench.installation import installation
from tests.bench.loading import settle
from tests.bench.reading import Spent, people, spent
from tests.bench.reading_pages import ADMINISTRATOR, HEAD, QUALITY_MANAGER, Page

MOST = 150  # ms
MARK = "data-case="
AT_ONCE = 5_000  # rows of one statement
RUNNING = (CaseState.NOTIFIED, CaseState.ACKNOWLEDGED, CaseState.IN_PROGRESS, CaseState.WAITING)
PAGES = [
    *(Page(person, f"/cases/?view={view}", MARK, MOST)
      for person in (ADMINISTRATOR, QUALITY_MANAGER, HEAD) for view in ("all", "overdue")),
    Page(HEAD, "/cases/?view=unit", MARK, MOST),
    Page(QUALITY_MANAGER, "/cases/?view=all&state=closed", MARK, MOST),
    Page(QUALITY_MANAGER, "/cases/?view=all&severity=serious&unit=b1", MARK, MOST),
    Page(QUALITY_MANAGER, "/cases/?view=all&state=&search=visit", MARK, MOST),
    Page(QUALITY_MANAGER, "/cases/figures", "data-chart", 200),
]  # fmt: skip


def measure(engine: str, cases: int, seed: int, rounds: int) -> Iterator[tuple[Page, Spent]]:
    """Medians in milliseconds."""
    with installation(engine) as made:
        crowd.fill(cases, seed)
        _open(cases, np.random.default_rng(seed))
        settle()
        clients = people(made)
        for page in PAGES:
            taken = [spent(made, clients[page.person], page) for _ in range(rounds + 1)][1:]
            yield (
                page,
                Spent(
                    *(
                        1000 * statistics.median(getattr(one, name) for one in taken)
                        for name in Spent.__slots__
                    )
                ),
            )


def _open(count: int, rng: np.random.Generator) -> None:
    """One about each response, those with a comment first, in eighteen months until now."""
    owners = {
        unit.id: factories.UserFactory(role=RoleName.STAFF, unit=unit).id
        for unit in db.session.scalars(select(Unit))
    }
    cause = CaseCause(names={"en": "Waiting"})
    db.session.add(cause)
    db.session.flush()
    known = list(db.session.execute(_about(count)))
    first = clock.now() - timedelta(days=crowd.DAYS)
    step = timedelta(days=crowd.DAYS) / (len(known) + 1)
    rows = [
        _row(number, one.unit_id, owners[one.unit_id], cause.id, first + step * number, rng)
        for number, one in enumerate(known, 1)
    ]
    about = [
        {"case_id": number, "response_id": one.id, "running": rows[number - 1]["closed_at"] is None}
        for number, one in enumerate(known, 1)
    ]
    for model, given in ((Case, rows), (CaseResponse, about)):
        for start in range(0, len(given), AT_ONCE):
            db.session.execute(insert(model), given[start : start + AT_ONCE])
    db.session.commit()


def _about(count: int) -> Any:
    said = select(Comment.response_id).where(Comment.response_id == Response.id).exists()
    return select(Response.id, Response.unit_id).order_by(said.desc(), Response.id).limit(count)


def _row(
    number: int, unit_id: int, owner: uuid.UUID, cause: int, at: datetime, rng: np.random.Generator
) -> dict[str, Any]:
    hours = rng.exponential(6.0, 3).cumsum()
    acknowledged, contacted, resolved = (at + timedelta(hours=float(one)) for one in hours)
    closed = resolved + timedelta(days=1) if rng.random() < 0.8 else None
    closed = closed if closed and closed < clock.now() else None
    limits = {name: at + timedelta(hours=h) for name, h in (("acknowledge", 4), ("contact", 24), ("resolve", 120))}  # fmt: skip
    return {
        "id": number,
        "public_id": f"{number:010}",
        "unit_id": unit_id,
        "kind": CaseKind.FEEDBACK,
        "severity": _any(tuple(Severity), rng),
        "priority": 0,
        "state": CaseState.CLOSED if closed else _any(RUNNING, rng),
        "owner_id": owner,
        "reasons": [{"code": "rule-1", "names": {"en": "Unhappy"}}],
        "responses": 1,
        "opened_at": at,
        "changed_at": closed or at,
        "events_count": 1,
        "due_at": NEVER if closed else limits["resolve"],
        **{f"due_{name}_at": due for name, due in limits.items()},
        "acknowledged_at": acknowledged if closed else None,
        "contacted_at": contacted if closed else None,
        "resolved_at": resolved if closed else None,
        "verified_at": closed,
        "closed_at": closed,
        "cause_id": cause if closed else None,
        "satisfaction": int(rng.integers(1, 6)) if closed else None,
    }


def _any(values: Sequence[str], rng: np.random.Generator) -> str:
    return values[int(rng.integers(len(values)))]
