"""Results pages with few and with many responses, in turn: the time of the server, no network."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import func, select

from survey.extensions import db
from survey.models import Report, RoleName, Unit, User
from survey.processing import recount
from tests import factories
from tests.bench import crowd
from tests.bench.crowd_plans import plan
from tests.bench.installation import Installation, installation
from tests.bench.reading_pages import PAGES, Page, Snapshot

DRAWN = 1_000_000  # responses at most; further ones are copies of them
KEPT = bool(os.environ.get("BENCH_KEEP"))  # whether databases are left in var/bench and taken from there
CHECKED = 10_000  # responses: installations up to this size are counted again

People = Mapping[str, FlaskClient]


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds for one page: of this process and of the database's together, and by the clock."""

    processor: float
    clock: float


@dataclass(frozen=True, slots=True)
class Times:
    """Medians in milliseconds, in the order of the sizes."""

    page: Page | Snapshot
    processor: list[float]
    clock: list[float]

    @property
    def ratio(self) -> float:
        """By processor time: what else runs on the machine matters little."""
        return self.processor[-1] / self.processor[0]


def measure(engine: str, sizes: Sequence[int], seed: int, rounds: int) -> list[Times]:
    with ExitStack() as stack:
        made = []
        for size in sizes:
            one = stack.enter_context(installation(engine, f"{size}_{seed}" if KEPT else ""))
            if db.session.scalar(select(func.count()).select_from(Report)) == 0:  # it comes last
                _fill(size, seed)
            made.append((one, people(one)))
        return [times(made, page, rounds) for page in PAGES]


def _fill(size: int, seed: int) -> None:
    copies = max(1, size // DRAWN)
    crowd.fill(size // copies, seed, copies)
    if size <= CHECKED and any(recount.verify()):
        raise RuntimeError("the generator's tallies differ from a recount")
    admin = factories.UserFactory(role=RoleName.ADMINISTRATOR)
    plan(admin)


def people(made: Installation) -> People:
    """One of each role who has signed in: the manager for the whole, the head for one department."""
    units = {unit.code: unit for unit in db.session.scalars(select(Unit))}
    at = {
        RoleName.ADMINISTRATOR: None,
        RoleName.QUALITY_MANAGER: units["all"],
        RoleName.HEAD_OF_UNIT: units["d7"],
    }
    found = {}
    for role, unit in at.items():
        client = made.app.test_client()
        known = db.session.scalars(select(User).where(User.role == role)).first()
        factories.sign_in(client, known or factories.UserFactory(role=role, unit=unit))
        found[role.value.replace("_", " ")] = client
    db.session.remove()
    return found


def times(made: Sequence[tuple[Installation, People]], page: Page | Snapshot, rounds: int) -> Times:
    """The sizes take turns; the first round only warms up."""
    taken: list[list[Spent]] = [[] for _ in made]
    for _round in range(rounds + 1):
        for (one, clients), found in zip(made, taken, strict=True):
            found.append(spent(one, clients[page.person], page))
    return Times(
        page,
        [1000 * statistics.median(one.processor for one in of[1:]) for of in taken],
        [1000 * statistics.median(one.clock for one in of[1:]) for of in taken],
    )


def spent(made: Installation, client: FlaskClient, page: Page | Snapshot) -> Spent:
    with made.app.app_context():
        work, process = page.work(client), _database_process()
        began, used = time.perf_counter(), time.process_time() + _used(process)
        work()
        return Spent(time.process_time() + _used(process) - used, time.perf_counter() - began)


def _database_process() -> int | None:
    """That serves the only connection of the pool; None where the database is this process."""
    if db.engine.dialect.name == "sqlite":
        return None
    found = db.session.scalar(select(func.pg_backend_pid()))
    db.session.remove()
    return found


def _used(process: int | None) -> float:
    """Seconds of processor time, finer than processor_time() tells."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9 if process else 0.0
