"""Results pages with few and with many responses, in turn: the time of the server, no network."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import func, select

from survey.extensions import db
from survey.models import RoleName, Unit
from survey.processing import recount
from tests import factories
from tests.bench import crowd
from tests.bench.installation import Installation, installation

DRAWN = 1_000_000  # responses at most; further ones are copies of them
CHECKED = 10_000  # responses: installations up to this size are counted again

# person, page, what stands on it when it shows figures
PAGES = (
    *(
        ("administrator", f"/results?period={period}", "data-chart")
        for period in ("30d", "90d", "12m", "all")
    ),
    *(("quality manager", f"/results?period={period}", "data-chart") for period in ("90d", "all")),
    *(("head of unit", f"/results?period={period}", "data-chart") for period in ("90d", "all")),
    ("administrator", "/results?period=90d&channel=qr", "data-chart"),
    ("administrator", "/results?period=12m&language=en", "data-chart"),
    ("administrator", "/results?period=12m&channel=qr&language=en", "data-chart"),
    ("quality manager", "/results?period=12m&unit=b1&service=s1", "data-chart"),
    ("quality manager", "/results/chart/units-service-types.csv?period=all", "Unit"),
    ("administrator", "/results/comments?period=12m", "Visit "),
    ("administrator", "/results/comments?period=all&sentiment=negative", "Visit "),
    ("head of unit", "/results/comments?period=all&search=visit", "Visit "),
    ("quality manager", "/my-feedback?period=quarter", "Visit "),
    ("head of unit", "/my-feedback?period=quarter", "Visit "),
)

People = Mapping[str, FlaskClient]


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds for one page: of this process and of the database's together, and by the clock."""

    processor: float
    clock: float


@dataclass(frozen=True, slots=True)
class Times:
    """Medians in milliseconds, in the order of the sizes."""

    person: str
    page: str
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
            one = stack.enter_context(installation(engine))
            times = max(1, size // DRAWN)
            crowd.fill(size // times, seed, times)
            if size <= CHECKED and any(recount.verify()):
                raise RuntimeError("the generator's tallies differ from a recount")
            made.append((one, people(one)))
        return [times(made, person, page, mark, rounds) for person, page, mark in PAGES]


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
        factories.sign_in(client, factories.UserFactory(role=role, unit=unit))
        found[role.value.replace("_", " ")] = client
    db.session.remove()
    return found


def times(
    made: Sequence[tuple[Installation, People]], person: str, page: str, mark: str, rounds: int
) -> Times:
    """The sizes take turns; the first round only warms up."""
    taken: list[list[Spent]] = [[] for _ in made]
    for _round in range(rounds + 1):
        for (one, clients), spent in zip(made, taken, strict=True):
            spent.append(_spent(one, clients[person], page, mark))
    return Times(
        person,
        page,
        [1000 * statistics.median(one.processor for one in of[1:]) for of in taken],
        [1000 * statistics.median(one.clock for one in of[1:]) for of in taken],
    )


def _spent(made: Installation, client: FlaskClient, page: str, mark: str) -> Spent:
    with made.app.app_context():
        process = _database_process()
        began, used = time.perf_counter(), time.process_time() + _used(process)
        answer = client.get(page)
        spent = Spent(time.process_time() + _used(process) - used, time.perf_counter() - began)
    if answer.status_code != 200 or mark not in answer.text:
        raise RuntimeError(f"{page} answered {answer.status_code}, or without figures")
    return spent


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
