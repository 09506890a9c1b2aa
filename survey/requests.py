"""What holds for every request: security headers, proxies, and reads that take no write lock."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from flask import Flask, Response, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from survey.config import Settings
from survey.extensions import reading

# Plotly adds one empty <style> element: its hash is that of the empty string.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
POLICY = (
    "default-src 'none'; script-src 'self'; "
    f"style-src 'self' {EMPTY_STYLE}; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NO_FRAME = "frame-ancestors 'none'"
SAFE = ("GET", "HEAD", "OPTIONS")


def register(app: Flask) -> None:
    app.before_request(_read_only_when_safe)
    app.after_request(_headers)
    app.teardown_request(_end)
    proxies = app.extensions["settings"].trusted_proxies
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]


def _read_only_when_safe() -> None:
    if request.method in SAFE:
        context = reading()
        context.__enter__()
        request.environ["afterword.reading"] = context


def _end(_error: BaseException | None) -> None:
    context = request.environ.pop("afterword.reading", None)
    if context is not None:
        context.__exit__(None, None, None)


@lru_cache(maxsize=8)
def _framed(ancestors: str) -> tuple[tuple[str, str], ...]:
    """The headers of a survey that may stand in these sites' frames. X-Frame-Options cannot name them."""
    policy = POLICY.replace(NO_FRAME, f"frame-ancestors {ancestors}")
    kept = ((name, value) for name, value in HEADERS.items() if name != "X-Frame-Options")
    return tuple((name, policy if value == POLICY else value) for name, value in kept)


def _headers(response: Response) -> Response:
    present = {name.lower() for name, _value in response.headers}
    for name, value in _added():
        if name.lower() not in present:
            response.headers.add(name, value)
    return response


def _added() -> Iterator[tuple[str, str]]:
    settings: Settings = current_app.extensions["settings"]
    if settings.frame_ancestors and request.blueprint == "respond":
        yield from _framed(settings.frame_ancestors)
    else:
        yield from HEADERS.items()
    if request.is_secure or settings.base_url.startswith("https:"):
        yield "Strict-Transport-Security", "max-age=31536000"
    if request.endpoint not in ("static", "static_files.plotly"):
        yield "Cache-Control", "no-store"
