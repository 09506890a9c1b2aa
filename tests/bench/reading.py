"""Results pages with few and with many responses, in turn: the time of the server, no network."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from flask.testing import FlaskClient
from sqlalchemy import select

from survey.extensions import db
from survey.models import RoleName, Unit
from survey.processing import recount
from tests import factories
from tests.bench import crowd
from tests.bench.installation import Installation, installation

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
    ("administrator", "/results/comments?period=90d", "Visit "),
    ("administrator", "/results/comments?period=all&sentiment=negative", "Visit "),
    ("head of unit", "/results/comments?period=all&search=visit", "Visit "),
    ("quality manager", "/my-feedback?period=30d", "Visit "),
    ("head of unit", "/my-feedback?period=quarter", "Visit "),
)

People = Mapping[str, FlaskClient]


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of the clock, in the order of the sizes."""

    person: str
    page: str
    medians: list[float]

    @property
    def ratio(self) -> float:
        return self.medians[-1] / self.medians[0]


def measure(engine: str, sizes: Sequence[int], seed: int, rounds: int) -> list[Times]:
    with ExitStack() as stack:
        made = []
        for size in sizes:
            one = stack.enter_context(installation(engine))
            crowd.fill(size, seed)
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
    taken: list[list[float]] = [[] for _ in made]
    for number in range(rounds + 1):
        for index, (one, clients) in enumerate(made):
            seconds = _seconds(one, clients[person], page, mark)
            if number:
                taken[index].append(1000 * seconds)
    return Times(person, page, [statistics.median(of) for of in taken])


def _seconds(made: Installation, client: FlaskClient, page: str, mark: str) -> float:
    with made.app.app_context():
        began = time.perf_counter()
        answer = client.get(page)
        seconds = time.perf_counter() - began
    if answer.status_code != 200 or mark not in answer.text:
        raise RuntimeError(f"{page} answered {answer.status_code}, or without figures")
    return seconds
