"""For machines that watch: alive, ready, and the figures of Prometheus; and the administrator's page of the same."""

from __future__ import annotations

import hmac
import logging
from ipaddress import ip_address
from uuid import UUID

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from prometheus_client import CONTENT_TYPE_LATEST
from werkzeug.wrappers import Response as WerkzeugResponse

from survey import access, audit, clock
from survey.access import Act
from survey.bell import bell
from survey.config import Settings
from survey.errors import Missing
from survey.extensions import db
from survey.jobs import by_name
from survey.processing import failures
from survey.watch import exposition, schedule, state
from survey.watch import operation as pages

blueprint = Blueprint("watch", __name__)
log = logging.getLogger(__name__)


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


@blueprint.get("/operation")
@access.required(Act.ADMINISTER)
def operation() -> str:
    return render_template(
        "watch/operation.html",
        page=pages.page(settings()),
        connections=pages.connections(settings()),
        now=clock.now(),
    )


@blueprint.post("/operation/retry")
@access.required(Act.ADMINISTER)
def retry() -> WerkzeugResponse:
    """Responses that were given up wait again: one, or all of them."""
    chosen = None if request.form.get("all") else [_response_id(request.form.get("response", ""))]
    count = failures.retry(chosen)
    audit.record(audit.Deed.CHANGED, audit.Thing("responses"), {"tried_again": count})
    db.session.commit()
    bell.ring()
    flash(pages.tried_again(count), "success")
    return redirect(url_for("watch.operation"))


@blueprint.get("/operation/jobs")
@access.required(Act.ADMINISTER)
def jobs() -> str:
    return render_template("watch/jobs.html", jobs=schedule.every_job(), now=clock.now())


@blueprint.post("/operation/jobs")
@access.required(Act.ADMINISTER)
def run() -> WerkzeugResponse:
    """The worker runs a job now, whatever its schedule says."""
    name = request.form.get("job", "")
    if name not in by_name():
        raise Missing
    try:
        current_app.extensions["ask"](name)
    except Exception as error:  # the queue has errors of many kinds
        log.warning("a job could not be asked for: %s", type(error).__name__)
        flash(_("The queue does not answer just now. Please try again in a moment."), "error")
        return redirect(url_for("watch.jobs"))
    audit.record(audit.Deed.CHANGED, audit.Thing("job", name), {"asked": True})
    db.session.commit()
    flash(_("The worker was asked. When it is done, this page says so."), "success")
    return redirect(url_for("watch.jobs"))


def _response_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Missing from None


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
