"""Two processes that only read comments, without a database, to one: what this machine's processors allow at most."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from itertools import count

from analysis.sentiment import classify
from survey.config import ROOT
from tests.bench.working import SAID

SECONDS = 1.0


def ratio(rounds: int) -> float:
    return statistics.median(_read(2) / _read(1) for _ in range(rounds))


def _read(processes: int) -> int:
    """Comments that so many processes read in the same second."""
    command = [sys.executable, "-m", "tests.bench.ceiling"]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(processes)
    ]
    for process in running:
        assert process.stdout
        process.stdout.readline()  # it is ready
    for process in running:
        assert process.stdin
        process.stdin.write(b"go\n")
        process.stdin.flush()
    return sum(int(process.communicate()[0]) for process in running)


def main() -> None:
    for locale, said in SAID:
        classify([said], [locale])
    print("ready", flush=True)
    sys.stdin.readline()
    end = time.perf_counter() + SECONDS
    for number in count():
        locale, said = SAID[number % len(SAID)]
        classify([said.format(n=number)], [locale])
        if time.perf_counter() > end:
            print(number, flush=True)
            return


if __name__ == "__main__":
    main()
