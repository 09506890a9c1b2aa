"""How long the application takes to be made, and the memory of its processes after some work."""

from __future__ import annotations

import statistics
import subprocess
import sys
from dataclasses import dataclass

from survey.config import ROOT
from tests.bench.clients import load
from tests.bench.installation import children, installation, memory
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
        return Start(imported, created, max(memory(pid) for pid in children(web.pid)), memory(worker.pid))
