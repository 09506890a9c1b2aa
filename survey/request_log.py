"""Counts and times every request, and logs those that failed or took long; outside of all other parts."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask

from survey import metrics

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PARTS = {
    **dict.fromkeys(("s", "k", "i", "receipt"), "survey"),
    **dict.fromkeys(("healthz", "readyz", "metrics"), "watch"),
    "static": "static",
}
METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS"))
SLOW_SECONDS = 1.0

log = logging.getLogger("survey.requests")


class Watched:
    """A WSGI application, watched. `wanted`: all, slow (and failed) ones, or none are logged."""

    def __init__(self, app: WSGIApplication, wanted: str) -> None:
        self.app = app
        self.wanted = wanted

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        status = "500"

        def started(line: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            nonlocal status
            status = line[:3]
            return start_response(line, headers, *rest)

        try:
            return self.app(environ, started)
        finally:
            self._note(environ, status, time.perf_counter() - began)

    def _note(self, environ: WSGIEnvironment, status: str, seconds: float) -> None:
        part = part_of(environ.get("PATH_INFO", ""))
        method = environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"] in METHODS else "other"
        metrics.requests.labels(part, method, status).inc()
        metrics.seconds.labels(part).observe(seconds)
        if self.wanted == "none" or (self.wanted == "slow" and status < "500" and seconds < SLOW_SECONDS):
            return
        noted = {"part": part, "method": method, "status": int(status), "ms": round(seconds * 1000, 1)}
        log.log(logging.WARNING if status >= "500" else logging.INFO, "request", extra=noted)


def part_of(path: str) -> str:
    """A few known names only: whoever asks for strange addresses must not fill the memory with counters."""
    first = path[1:].partition("/")[0]
    return PARTS.get(first, "static" if first.startswith("plotly-") else "staff")


def register(app: Flask) -> None:
    app.wsgi_app = Watched(app.wsgi_app, app.extensions["settings"].log_requests)  # type: ignore[method-assign]
