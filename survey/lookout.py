"""The worker looks by itself, whatever becomes of bell and queue."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from flask import Flask

from survey import jobs

MESSAGES = 2.0  # seconds
SECONDS = 10.0  # with the lease, a killed worker's responses are taken up again within a minute

log = logging.getLogger(__name__)


def begin(app: Flask) -> threading.Event:
    """Looks at once and then again and again, until the event is set."""
    stop = threading.Event()
    for name, look, seconds in (("lookout", jobs.look, SECONDS), ("post", jobs.look_for_messages, MESSAGES)):
        threading.Thread(target=_look_around, args=(app, stop, look, seconds), daemon=True, name=name).start()
    return stop


def _look_around(app: Flask, stop: threading.Event, look: Callable[[], int], seconds: float) -> None:
    while not stop.is_set():
        try:
            with app.app_context():
                look()
        except Exception as error:
            log.warning("looking for work failed: %s", type(error).__name__)
        stop.wait(seconds)
