"""Counting hits against a limit, in Redis or else in a file that the processes of one machine share.

While the shared counters cannot be reached, each process counts by itself.
"""

from __future__ import annotations

import logging
import time

from flask import current_app
from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from survey.extensions import limiter

PAUSE = (
    10.0  # seconds until the shared counters are asked again, so that nobody waits for them at every request
)

log = logging.getLogger(__name__)


class Counters:
    def __init__(self) -> None:
        self._own = FixedWindowRateLimiter(MemoryStorage())
        self._shared_from = float("-inf")

    def hit(self, limit: RateLimitItem, *bucket: str) -> bool:
        """Counts one; whether it is within the limit. Never raises."""
        if time.monotonic() >= self._shared_from:
            try:
                return limiter.limiter.hit(limit, *bucket)
            except Exception as error:
                self._away(error)
        return self._own.hit(limit, *bucket)

    def test(self, limit: RateLimitItem, *bucket: str) -> bool:
        """Counts nothing; whether one more would be within the limit. Never raises."""
        if time.monotonic() >= self._shared_from:
            try:
                return limiter.limiter.test(limit, *bucket)
            except Exception as error:
                self._away(error)
        return self._own.test(limit, *bucket)

    def clear(self, limit: RateLimitItem, *bucket: str) -> None:
        self._own.clear(limit, *bucket)
        if time.monotonic() >= self._shared_from:
            try:
                limiter.limiter.clear(limit, *bucket)
            except Exception as error:
                self._away(error)

    def _away(self, error: Exception) -> None:
        self._shared_from = time.monotonic() + PAUSE
        log.warning("the shared counters cannot be reached, counting here: %s", type(error).__name__)


def counters() -> Counters:
    """Of the current application."""
    found: Counters | None = current_app.extensions.get("counters")
    if found is None:  # not by default: each new one starts a thread
        found = current_app.extensions.setdefault("counters", Counters())
    return found
