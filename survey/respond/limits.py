"""How often one network address may submit and guess.

Who has guessed too often opens nothing for the rest of the minute, not even with the right receipt or token:
otherwise the limit would only tell them which guess was right. So this is asked before anything is looked up.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from flask import request
from limits import RateLimitItemPerMinute
from werkzeug.exceptions import TooManyRequests

from survey.counters import counters
from survey.extensions import limiter
from survey.respond.secrets import settings

TALKS_PER_MINUTE = 20
GUESSES_PER_MINUTE = 60  # receipts have 60 bits, tokens 128 and more
SUBSCRIBER = 64  # bits of an IPv6 address; whoever has one address has all that begin alike


def submission() -> None:
    """Counts a submission. Raises TooManyRequests."""
    _count("submissions", settings().submissions_per_minute, request.remote_addr or "")


def beginning() -> None:
    """Counts the first touch of a form. Raises TooManyRequests."""
    _count("begun", settings().submissions_per_minute, request.remote_addr or "")


def talk() -> None:
    """Counts what is written to those who look after a case. Raises TooManyRequests."""
    _count("talk", TALKS_PER_MINUTE, _subscriber())


def may_guess() -> None:
    """Counts nothing. Raises TooManyRequests where too many receipts and tokens were wrong."""
    if limiter.enabled and not counters().test(_per_minute(GUESSES_PER_MINUTE), "guesses", _subscriber()):
        raise TooManyRequests


def wrong_guess() -> None:
    """Counts a receipt or a token that opens nothing. Raises TooManyRequests."""
    _count("guesses", GUESSES_PER_MINUTE, _subscriber())


def wrong_link() -> None:
    """Counts the short address of a link that does not exist: a dead poster is no guess. Raises TooManyRequests."""
    _count("wrong links", GUESSES_PER_MINUTE, _subscriber())


def _count(scope: str, per_minute: int, whose: str) -> None:
    if not per_minute or not limiter.enabled:
        return
    if not counters().hit(_per_minute(per_minute), scope, whose):
        raise TooManyRequests


def _subscriber() -> str:
    here = request.remote_addr or ""
    try:
        address = ip_address(here.partition("%")[0])
    except ValueError:
        return here
    return f"{int(address) >> (128 - SUBSCRIBER):x}" if isinstance(address, IPv6Address) else here


@lru_cache(maxsize=8)
def _per_minute(amount: int) -> RateLimitItemPerMinute:
    return RateLimitItemPerMinute(amount)
