"""Kills the server's processes and the worker without warning, at moments drawn from a seed, and starts them again."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from tests.bench.installation import Installation, Process, children
from tests.bench.torture import web

VICTIMS = ("web process",) * 4 + ("web parent", "worker", "worker")


class Killer:
    """`run` is for a thread of its own; `kills` counts what was killed."""

    def __init__(self, made: Installation, rng: random.Random, victims: Sequence[str]) -> None:
        self.made, self.rng, self.victims = made, rng, victims
        self.web, self.worker = web.start(made), made.start_worker()
        self.kills = dict.fromkeys(victims, 0)
        self.stop = threading.Event()

    def run(self, progress: Callable[[], int], moments: Iterable[int]) -> None:
        """Kills once whenever the progress reaches one of the moments. Afterwards everything runs again."""
        for moment in moments:
            while progress() < moment and not self.stop.wait(0.01):
                pass
            if self.stop.is_set():
                return
            self._kill(self.rng.choice(self.victims))

    def _kill(self, victim: str) -> None:
        if victim == "web process":
            while not (alive := children(self.web.pid)):
                time.sleep(0.05)  # the parent is just starting another one
            with suppress(ProcessLookupError):
                os.kill(self.rng.choice(alive), signal.SIGKILL)
        elif victim == "web parent":
            orphans = children(self.web.pid)
            self._end(self.web)
            for pid in orphans:  # they would notice by themselves within a second
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.web = web.start(self.made)
        else:
            self._end(self.worker)
            self.worker = self.made.start_worker()
        self.kills[victim] += 1

    def _end(self, process: Process) -> None:
        process.kill()
        process.wait()
        self.made.running.remove(process)

    def wait_until_up(self) -> None:
        web.wait(self.made, self.web)
