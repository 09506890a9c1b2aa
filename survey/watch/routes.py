"""For machines that watch: alive, ready, and the figures of Prometheus; and the administrator's page of the same."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from flask import Blueprint, Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST

from survey.config import Settings
from survey.errors import Missing
from survey.watch import exposition, state

blueprint = Blueprint("watch", __name__)


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


@blueprint.get("/healthz")
def alive() -> Response:
    """This process answers; whatever else is the matter, restarting it would not help."""
    return _plain("ok", 200)


@blueprint.get("/readyz")
def ready() -> Response:
    """Send people here: the database answers and has the right schema."""
    good = state.database_ready()
    return _plain(
        "ready" if good else "the database does not answer or is not migrated", 200 if good else 503
    )


@blueprint.get("/metrics")
def metrics() -> Response:
    """For whoever has the token; without a token only for programs on this machine, asking directly."""
    if not _may_read():
        raise Missing
    return Response(exposition.text(settings()), content_type=CONTENT_TYPE_LATEST)


def _may_read() -> bool:
    token = settings().metrics_token
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    return _asked_directly() and ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104 an unknown address


def _asked_directly() -> bool:
    return not any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))


def _plain(text: str, status: int) -> Response:
    answer = Response(text + "\n", status, mimetype="text/plain")
    if status == 503:
        answer.headers["Retry-After"] = "5"
    return answer
