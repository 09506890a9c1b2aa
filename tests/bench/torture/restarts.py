"""PostgreSQL is restarted, crashed, or cuts every connection, every five seconds while people submit."""

from __future__ import annotations

import itertools
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.bench.installation import installation
from tests.bench.rounds import open_link
from tests.bench.table import Figure
from tests.bench.torture import web
from tests.bench.torture.counting import Count, count, drain
from tests.bench.torture.people import Crowd, Seen
from tests.bench.torture.servers import Postgres, missing, postgres

PEOPLE = 8
EVERY = 5.0  # seconds


@dataclass
class Outcome:
    seen: Seen
    done: list[str] = field(default_factory=list)
    back: list[float] = field(default_factory=list)  # seconds from each disturbance's end to the next receipt
    counted: Count | None = None

    @property
    def slowest(self) -> float:
        return max(self.back, default=0.0)


def _cut(server: Postgres) -> None:
    server.cut_connections()


def _restart(server: Postgres) -> None:
    server.stop()
    server.start()


def _away(server: Postgres) -> None:
    server.stop()
    time.sleep(2)
    server.start()


def _crash(server: Postgres) -> None:
    server.stop(signal.SIGQUIT)
    server.start()


HOW = {"cut": _cut, "restarted": _restart, "crashed": _crash, "away for 2 s": _away}


def torture(disturbances: int, seed: int) -> Outcome:
    with postgres() as server, installation("sqlite", DATABASE_URL=server.url) as made:
        web.start(made)
        made.start_worker()
        crowd = Crowd(made.target, open_link("nhs-fft"))
        outcome = Outcome(crowd.seen)
        rng = random.Random(seed)
        with crowd.submitting(PEOPLE):
            for name in itertools.islice(itertools.cycle(HOW), disturbances):
                time.sleep(EVERY * rng.uniform(0.6, 1.0))
                HOW[name](server)
                outcome.done.append(name)
                outcome.back.append(_until_receipt(crowd.seen, time.monotonic()))
        made.stop()
        drain()
        outcome.counted = count(crowd.seen.receipts)
        return outcome


def _until_receipt(seen: Seen, moment: float) -> float:
    while (waited := seen.first_after(moment)) is None and time.monotonic() < moment + 60:
        time.sleep(0.05)
    return 60.0 if waited is None else waited


def figures(size: int, seed: int) -> Iterator[Figure]:
    if why := missing():
        yield Figure("skipped", why)
        return
    outcome = torture(4 * size, seed)
    seen = outcome.seen
    yield Figure("disturbances", ", ".join(f"{outcome.done.count(name)} x {name}" for name in HOW))
    yield Figure("acknowledged submissions", f"{len(seen.receipts):,}")
    yield Figure("answers 503, repeated", f"{seen.statuses[503]:,}")
    yield Figure("of them without Retry-After or without what was typed", f"{seen.unfriendly}", "0")
    yield Figure("other answers than the form, a receipt or 503", seen.refused, "0")
    yield Figure(
        "connections ended without an answer; submissions given up", f"{seen.broken}; {seen.given_up}", "0; 0"
    )
    yield Figure(
        "disturbances after which nothing was acknowledged for 10 seconds",
        f"{sum(b > 10 for b in outcome.back)}",
        "0",
    )
    yield Figure("slowest return, seconds", f"{outcome.slowest:.1f}")
    if outcome.counted:
        yield from outcome.counted.figures()
