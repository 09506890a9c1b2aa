"""Tells the worker that something waits. Losing a ring loses nothing: the worker also looks by itself."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

QUIET_SECONDS = 1.0  # one ring is enough for all that happens within it
PAUSE = 10.0  # seconds without ringing after it failed, so that nobody waits for a queue that hangs

log = logging.getLogger(__name__)


class Bell:
    """`pull` asks the task engine to run a sweep after QUIET_SECONDS; set by jobs.bind()."""

    def __init__(self) -> None:
        self.pull: Callable[[], object] | None = None
        self._rung_at = float("-inf")
        self._lock = threading.Lock()

    def ring(self) -> None:
        """At most one ring a second and process. Never raises: the submission is already stored."""
        moment = time.monotonic()
        with self._lock:
            if self.pull is None or moment - self._rung_at < QUIET_SECONDS:
                return
            self._rung_at = moment
        try:
            self.pull()
        except Exception as error:
            self._rung_at = time.monotonic() + PAUSE
            log.warning("the worker's bell could not be rung: %s", type(error).__name__)


bell = Bell()
