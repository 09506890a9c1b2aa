"""Several workers on one database, each a process of its own: do two get twice as much done as one?"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

from sqlalchemy import text

from survey import create_app, jobs
from survey.config import ROOT
from survey.extensions import db
from survey.processing import sentiment
from tests.bench.installation import Installation, Process, installation, processor_time
from tests.bench.working import link_to_process, wait_for_processing


@dataclass(frozen=True, slots=True)
class Run:
    """Responses a second by the clock; seconds of processor time per 1,000 responses."""

    rate: float
    workers: float
    database: float


@dataclass(frozen=True, slots=True)
class Scaling:
    one: list[Run]
    two: list[Run]

    @property
    def ratio(self) -> float:
        return statistics.median(two.rate / one.rate for one, two in zip(self.one, self.two, strict=True))

    def median(self, runs: list[Run], name: str) -> float:
        return statistics.median(getattr(run, name) for run in runs)


def measure(engine: str, responses: int, rounds: int) -> Scaling:
    with installation(engine) as made:
        link = link_to_process()
        found = Scaling([], [])
        for number in range(2 * (rounds + 1)):
            wait_for_processing(link, number, responses)
            run = _run(made, 1 + number % 2, responses)
            if number > 1:  # the first pair warms up
                (found.two if number % 2 else found.one).append(run)
        return found


def _run(made: Installation, count: int, responses: int) -> Run:
    workers = [_start(made) for _ in range(count)]
    try:
        before = _database_time(made)
        began = time.perf_counter()
        for worker in workers:
            _say(worker)
        heard = [_hear(worker).split() for worker in workers]
        seconds = time.perf_counter() - began
        database = _database_time(made) - before
    finally:
        for worker in workers:
            worker.communicate()
    done = sum(int(words[0]) for words in heard)
    if done != responses:
        raise RuntimeError(f"{done} of {responses} responses were processed")
    used = sum(float(words[1]) for words in heard)
    return Run(done / seconds, 1000 * used / done, 1000 * database / done)


def _start(made: Installation) -> Process:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.workers"],
        cwd=ROOT,
        env=made.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    _hear(process)  # it is ready
    return process


def _say(process: Process) -> None:
    assert process.stdin
    process.stdin.write(b"go\n")
    process.stdin.flush()


def _hear(process: Process) -> str:
    assert process.stdout
    line = process.stdout.readline().decode()
    if not line:
        raise RuntimeError("a worker ended early")
    return line


def _database_time(made: Installation) -> float:
    """Processor time of the server's processes that work for this database; SQLite has none."""
    if made.settings.sqlite:
        return 0.0
    ask = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
    with db.engine.connect() as connection:
        return sum(processor_time(pid) for pid in connection.scalars(ask))


def main() -> None:
    """A worker that begins when it is told to, and says what it did and how long that took its processor."""
    with create_app().app_context():
        sentiment.load()
        db.session.execute(text("SELECT 1"))  # so that it has its connection
        db.session.rollback()
        print("ready", flush=True)
        sys.stdin.readline()
        used = time.process_time()
        done = jobs.process_waiting()
        print(done, time.process_time() - used, flush=True)
        sys.stdin.readline()  # its connection stays, to be looked at


if __name__ == "__main__":
    main()
