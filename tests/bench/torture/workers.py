"""The worker is killed again and again in its work, the queue restarted, jobs delivered twice, one response poisonous."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from survey import pipeline
from survey.bell import bell
from survey.extensions import db, reading
from survey.models import ANY, ANY_SERVICE, Comment, Grain, Link, Response, Tally
from survey.processing import failures, recount
from tests import factories
from tests.bench.rounds import open_link
from tests.bench.table import Figure
from tests.bench.torture.nursery import Nursery, nursery
from tests.bench.torture.queues import unprocessed_after, with_redis
from tests.bench.torture.servers import Redis

RESUMED = 60.0  # seconds
GIVEN_UP = 400.0  # seconds that five tries with growing pauses take at most, beside killed ones
CLAIMED = 60.0  # seconds until a worker has surely claimed something
SHARE = 10  # responses for each kill


@dataclass(frozen=True, slots=True)
class Outcome:
    kills: int
    left: int  # good ones unprocessed RESUMED seconds after the last kill
    comments: int
    received: int  # by the tallies
    differences: int
    poison_tries: int
    poison_shown: bool


def torture(engine: str, kills: int, seed: int, patience: float = GIVEN_UP) -> Outcome:
    """`patience`: how long to wait for the poisonous response to be given up."""
    with with_redis(engine) as (made, server), nursery(made) as workers:
        path = open_link("nhs-fft")
        link = db.session.scalars(select(Link).where(Link.code == path.removeprefix("/s/"))).one()
        poison = _poison(link)
        rng = random.Random(seed)
        for number in range(kills):
            _submit(link, number)
            _kill_at_work(workers, server, rng, restart_queue=number % 10 == 5)
        workers.start_worker()
        workers.start_worker()
        for _ in range(3):
            bell.pull()  # the same job three times at once: two workers get it at the same moment
        left = _good_unprocessed_after(RESUMED, poison)
        unprocessed_after(patience)
        workers.close()
        return _counted(kills, left, poison)


def _submit(link: Link, number: int) -> None:
    for each in range(SHARE):
        mark = f"response {number * SHARE + each} of the torture"
        factories.response(link, {"fft": 5 - each % 5, "why": mark})
    db.session.commit()


def _poison(link: Link) -> uuid.UUID:
    made = factories.response(link, {})
    made.answers = ["not", "a", "mapping"]
    found = made.id
    db.session.commit()
    return found


def _kill_at_work(workers: Nursery, server: Redis, rng: random.Random, *, restart_queue: bool) -> None:
    """As soon as it has claimed something, and a little later."""
    tried = _tries()
    worker = workers.start_worker()
    end = time.monotonic() + CLAIMED
    while _tries() == tried and time.monotonic() < end:
        time.sleep(0.005)
    if restart_queue:
        server.stop()
        server.start()
    time.sleep(rng.random() * 0.05)
    workers.kill(worker)


def _tries() -> int:
    with reading():
        found = db.session.scalar(select(func.sum(Response.attempts)))
        db.session.rollback()
    return found or 0


def _good_unprocessed_after(seconds: float, poison: uuid.UUID) -> int:
    end = time.monotonic() + seconds
    good = select(func.count()).select_from(Response).where(pipeline.waiting(), Response.id != poison)
    while True:
        with reading():
            left = db.session.scalar(good) or 0
            db.session.rollback()
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.2)


def _counted(kills: int, left: int, poison: uuid.UUID) -> Outcome:
    with reading():
        bad = db.session.get_one(Response, poison)
        received = select(func.sum(Tally.count)).where(
            Tally.value == "received", Tally.grain == Grain.DAY, Tally.channel == ANY, Tally.locale == ANY,
            Tally.service_type_id == ANY_SERVICE,
        )  # fmt: skip
        outcome = Outcome(
            kills, left,
            comments=db.session.scalar(select(func.count()).select_from(Comment)) or 0,
            received=db.session.scalar(received) or 0,
            differences=sum(1 for _difference in recount.verify()),
            poison_tries=bad.attempts,
            poison_shown=[response.id for response in db.session.scalars(failures.newest(5))] == [poison],
        )  # fmt: skip
        db.session.rollback()
    return outcome


def figures(engine: str, size: int, seed: int) -> Iterator[Figure]:
    kills = 10 * size
    jobs = kills * SHARE
    outcome = torture(engine, kills, seed)
    yield Figure(
        "workers killed at work (`kill -9`), of responses", f"{outcome.kills}, {jobs}", f"{kills}, {jobs}"
    )
    yield Figure("unprocessed 60 seconds after the last kill", f"{outcome.left}", "0")
    yield Figure(
        "comments stored; responses in the tallies",
        f"{outcome.comments}; {outcome.received}",
        f"{jobs}; {jobs}",
    )
    yield Figure("differences found by a recount of the tallies", f"{outcome.differences}", "0")
    yield Figure(
        "a poisonous response among them: tries at most 5",
        "yes" if outcome.poison_tries <= 5 else f"{outcome.poison_tries}",
        "yes",
    )
    yield Figure(
        "shown to the administrator as failed, it alone", "yes" if outcome.poison_shown else "no", "yes"
    )
