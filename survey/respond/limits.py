"""How often one network address may submit and guess. Checked where it matters only: looking costs nothing."""

from __future__ import annotations

from functools import lru_cache

from flask import request
from limits import RateLimitItemPerMinute
from werkzeug.exceptions import TooManyRequests

from survey.counters import counters
from survey.extensions import limiter
from survey.respond.secrets import settings

GUESSES_PER_MINUTE = 60  # addresses that do not exist; tokens have 128 bits and more


def submission() -> None:
    """Counts a submission. Raises TooManyRequests."""
    _count("submissions", settings().submissions_per_minute)


def wrong_address() -> None:
    """Counts an address that opens nothing. Raises TooManyRequests."""
    _count("guesses", GUESSES_PER_MINUTE)


def _count(scope: str, per_minute: int) -> None:
    if not per_minute or not limiter.enabled:
        return
    if not counters().hit(_per_minute(per_minute), scope, request.remote_addr or ""):
        raise TooManyRequests


@lru_cache(maxsize=8)
def _per_minute(amount: int) -> RateLimitItemPerMinute:
    return RateLimitItemPerMinute(amount)
