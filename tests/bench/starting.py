"""How long the application takes to be made, and the memory of its processes after some work."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, replace

from survey.config import ROOT
from survey.serve import wait_until_it_answers
from tests.bench.clients import load, once
from tests.bench.installation import Installation, children, free_port, installation, memory, processor_time
from tests.bench.rounds import COMMENT, open_link, until_processed
from tests.bench.visits import submissions

MAKE = (
    "import time; began = time.process_time(); from survey import create_app; imported = time.process_time(); "
    "create_app(); print(imported - began, time.process_time() - imported)"
)


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds of processor time; MB."""

    imported: float
    created: float
    web: float
    worker: float
    second: float  # from `flask up` on a migrated database to its first answer
    second_used: float  # processor time until then, of all its processes


def measure(rounds: int, requests: int) -> Start:
    with installation("sqlite") as made:
        link = open_link("ward-five")
        times = []
        for _ in range(rounds):
            command = [sys.executable, "-c", MAKE]
            done = subprocess.run(command, cwd=ROOT, env=made.environment, check=True, capture_output=True)
            times.append([float(text) for text in done.stdout.split()])
        imported, created = (statistics.median(column) for column in zip(*times, strict=True))
        web, worker = made.start_web(), made.start_worker()
        load(made.target, submissions(made.target, link, requests, COMMENT), 8, 303)
        until_processed()
        memories = max(memory(pid) for pid in children(web.pid)), memory(worker.pid)
        seconds = [_second_start(made) for _ in range(rounds + 1)][1:]
        return Start(
            imported,
            created,
            *memories,
            *(statistics.median(column) for column in zip(*seconds, strict=True)),
        )


def _second_start(made: Installation) -> tuple[float, float]:
    """In a folder of its own; the first time makes the database."""
    folder = made.folder / "second"
    settings = replace(made.settings, port=free_port())
    given = {"DATA_DIR": str(folder), "DATABASE_URL": "", "PORT": str(settings.port)}
    began = time.perf_counter()
    up = made.start([sys.executable, "-m", "flask", "--app", "wsgi", "up"], {**made.environment, **given})
    wait_until_it_answers(settings, [up])
    once((settings.host, settings.port), "/login")
    passed = time.perf_counter() - began
    used = processor_time(up.pid) + sum(
        processor_time(pid) for child in children(up.pid) for pid in (child, *children(child))
    )
    up.terminate()
    up.wait()
    return passed, used
