"""The results overview with few and with many responses, in turn: the time of the server, no network."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from flask.testing import FlaskClient

from survey.extensions import db
from survey.processing import recount
from tests import factories
from tests.bench import crowd
from tests.bench.installation import Installation, installation

PERIODS = ("30d", "90d", "12m", "all")


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of the clock, in the order of the sizes."""

    period: str
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
            if size == sizes[0] and list(recount.verify()):
                raise RuntimeError("the generator's tallies differ from a recount")
            db.session.rollback()
            made.append((one, _reader(one)))
        return [_times(made, period, rounds) for period in PERIODS]


def _reader(made: Installation) -> FlaskClient:
    """An administrator who has signed in."""
    client = made.app.test_client()
    factories.sign_in(client, factories.UserFactory())
    db.session.remove()
    return client


def _times(made: Sequence[tuple[Installation, FlaskClient]], period: str, rounds: int) -> Times:
    taken: list[list[float]] = [[] for _ in made]
    for number in range(rounds + 1):
        for index, (one, client) in enumerate(made):
            with one.app.app_context():
                began = time.perf_counter()
                answer = client.get(f"/results?questionnaire=crowd&period={period}")
                seconds = time.perf_counter() - began
            if answer.status_code != 200 or b"data-chart" not in answer.data:
                raise RuntimeError(f"the overview answered {answer.status_code}, or without charts")
            if number:
                taken[index].append(1000 * seconds)
    return Times(period, [statistics.median(times) for times in taken])
