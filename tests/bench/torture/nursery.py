"""Workers that begin at once: a process that has imported everything forks one for each line it reads.

Importing takes seconds, in which a worker that is killed at its work for the fiftieth time does no work.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from survey import create_app
from survey.config import ROOT
from survey.processing import sentiment
from survey.start import worker
from tests.bench.installation import Installation


class Nursery:
    def __init__(self, made: Installation) -> None:
        command = [sys.executable, "-m", "tests.bench.torture.nursery"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=made.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._alive: list[int] = []

    def start_worker(self) -> int:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the nursery has no pipes")
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self._alive.append(int(self._process.stdout.readline()))
        return self._alive[-1]

    def kill(self, pid: int) -> None:
        self._alive.remove(pid)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        """Kills what still runs. May be called again."""
        for pid in list(self._alive):
            self.kill(pid)
        if self._process.poll() is None:
            self._process.communicate()


@contextmanager
def nursery(made: Installation) -> Iterator[Nursery]:
    opened = Nursery(made)
    try:
        yield opened
    finally:
        opened.close()


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the killed ones need no funeral
    app = create_app()
    sentiment.load()
    for _line in sys.stdin:
        pid = os.fork()
        if not pid:
            os.close(sys.stdin.fileno())
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            with app.app_context():
                worker.main([], standalone_mode=False)
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
