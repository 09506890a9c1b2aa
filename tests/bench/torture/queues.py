"""Redis stops, hangs and comes back while people submit: nobody notices, and the worker goes on."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from survey import pipeline
from survey.extensions import db, reading
from survey.models import Response
from tests.bench.installation import Installation, installation
from tests.bench.rounds import open_link
from tests.bench.table import Figure
from tests.bench.torture import web
from tests.bench.torture.counting import Count, count, drain
from tests.bench.torture.people import Crowd, Seen
from tests.bench.torture.servers import Redis, redis

PEOPLE = 4
SWEPT = 60.0  # seconds within which the worker must have looked by itself


@dataclass
class Outcome:
    seen: Seen
    phases: dict[str, int]  # receipts while Redis was …
    unprocessed: dict[str, int]  # of those stored in it, at most SWEPT seconds after
    counted: Count


@contextmanager
def with_redis(engine: str, **given: str) -> Iterator[tuple[Installation, Redis]]:
    with (
        tempfile.TemporaryDirectory(prefix="afterword-redis-") as folder,
        redis(Path(folder)) as server,
        installation(engine, REDIS_URL=server.url, **given) as made,
    ):
        yield made, server


def torture(engine: str, seconds: float, patience: float = SWEPT) -> Outcome:
    with with_redis(engine) as (made, server):
        web.start(made)
        made.start_worker()
        path = open_link("nhs-fft")
        phases, left = {}, {}
        acts: dict[str, Callable[[], object]] = {"up": lambda: None, "stopped": server.stop, "up again": server.start,
                                                 "hanging": server.hang}  # fmt: skip
        crowd = Crowd(made.target, path)
        for name, act in acts.items():
            act()
            before = len(crowd.seen.receipts)
            crowd.stop.clear()
            with crowd.submitting(PEOPLE):
                time.sleep(seconds)
            phases[name] = len(crowd.seen.receipts) - before
            left[name] = unprocessed_after(patience)
        made.stop()
        drain()
        return Outcome(crowd.seen, phases, left, count(crowd.seen.receipts))


def unprocessed_after(seconds: float) -> int:
    """How many responses still wait after at most so long."""
    end = time.monotonic() + seconds
    while (left := waiting()) and time.monotonic() < end:
        time.sleep(0.2)
    return left


def waiting() -> int:
    with reading():
        found = db.session.scalar(select(func.count()).select_from(Response).where(pipeline.waiting()))
        db.session.rollback()
    return found or 0


def figures(engine: str, size: int, _seed: int) -> Iterator[Figure]:
    outcome = torture(engine, 2.0 * size)
    seen = outcome.seen
    yield Figure(
        "acknowledged while Redis was", ", ".join(f"{name}: {n}" for name, n in outcome.phases.items())
    )
    yield Figure(
        "answers other than the form or a receipt", f"{seen.refusals + seen.statuses[503] + seen.broken}", "0"
    )
    yield Figure("unprocessed 60 seconds later", f"{sum(outcome.unprocessed.values())}", "0")
    yield from outcome.counted.figures()
