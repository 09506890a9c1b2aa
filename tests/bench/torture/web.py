"""Starts the server, and waits as long as a busy machine takes."""

from __future__ import annotations

import time

from survey.serve import wait_until_it_answers
from tests.bench.clients import Client
from tests.bench.installation import Installation, Process

PATIENCE = 300.0  # seconds


def start(made: Installation) -> Process:
    process = made.start_web()
    wait(made, process)
    return process


def wait(made: Installation, process: Process) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        wait_until_it_answers(made.settings, [process])
        client = Client(made.target)
        try:
            client.connect()
        except OSError:
            continue
        finally:
            client.close()
        return
    raise RuntimeError("the server did not start")
