"""Sixteen people submit while processes of the server and the worker are killed at random moments."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.bench.installation import installation
from tests.bench.rounds import open_link, until_processed
from tests.bench.table import Figure
from tests.bench.torture.counting import Count, count, drain
from tests.bench.torture.killing import VICTIMS, Killer
from tests.bench.torture.people import Crowd, Seen

CLIENTS = 16
LEASED = 120  # seconds until what a killed worker had claimed is surely taken up again


@dataclass(frozen=True, slots=True)
class Outcome:
    seen: Seen
    killed: dict[str, int]
    counted: Count


def torture(
    engine: str,
    submissions: int,
    kills: int,
    seed: int,
    *,
    victims: Sequence[str] = VICTIMS,
    patient: bool = True,
) -> Outcome:
    """`patient` waits until the worker takes up by itself what a killed one had claimed."""
    with installation(engine) as made:
        crowd = Crowd(made.target, open_link("nhs-fft"), submissions)
        killer = Killer(made, random.Random(seed), victims)
        moments = sorted(killer.rng.randrange(submissions - CLIENTS) for _ in range(kills))
        killing = threading.Thread(target=killer.run, args=(lambda: len(crowd.seen.receipts), moments))
        killing.start()
        crowd.all_submit(CLIENTS)
        killer.stop.set()
        killing.join()
        killer.wait_until_up()
        if patient:
            until_processed(LEASED)
        made.stop()
        drain()
        return Outcome(crowd.seen, killer.kills, count(crowd.seen.receipts))


def figures(engine: str, size: int, seed: int) -> Iterator[Figure]:
    outcome = torture(engine, 1000 * size, 10 * size, seed)
    yield Figure("processes killed meanwhile (`kill -9`)", f"{sum(outcome.killed.values())}", f"{10 * size}")
    killed = ", ".join(f"{times} x {victim}" for victim, times in outcome.killed.items())
    yield Figure("acknowledged submissions", f"{len(outcome.seen.receipts):,}", f"{1000 * size:,}")
    yield Figure("of them", killed)
    yield Figure("tries that had to be repeated", f"{outcome.seen.retries:,}")
    yield Figure("submissions given up", f"{outcome.seen.given_up}", "0")
    yield Figure('answers other than a receipt, or "try again"', f"{outcome.seen.refusals}", "0")
    yield from outcome.counted.figures()
