"""For administrators: which messages were sent and which were not, and why."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_security import current_user
from werkzeug.wrappers import Response

from survey import audit
from survey.access import Act, required
from survey.channels import CHANNELS
from survey.errors import Missing
from survey.extensions import db
from survey.models import Message, State
from survey.outbox import keeping, queries, registry
from survey.outbox.service import put

blueprint = Blueprint("messages", __name__, url_prefix="/messages")
WHY: dict[str, Any] = {
    "not-set-up": _l("This channel is not set up."),
    "closed": _l("The account or group was closed."),
    "no-address": _l("No number is known."),
    "bounced": _l("The address was refused before."),
    "unsubscribed": _l("Said: no more messages."),
    "too-many": _l("Got as many messages this month as are allowed."),
    "forgotten": _l("What it said was removed."),
}


def why(message: Message) -> Any:
    """In words where the reason is ours; else as the server told it."""
    return WHY.get(message.failure or "")


def title(message: Message) -> Any:
    try:
        return registry.named(message.template).title
    except registry.UnknownTemplate:
        return message.template


@blueprint.get("")
@required(Act.ADMINISTER)
def index() -> str:
    return render_template(
        "messages/index.html",
        counts=queries.counts(),
        unsent=queries.newest(State.DEAD, State.HELD),
        others=queries.newest(State.WAITING, State.SENT),
        since=queries.waiting_since(),
        channels=CHANNELS,
        why=why,
        title=title,
    )


@blueprint.post("/again")
@required(Act.ADMINISTER)
def again() -> Response:
    chosen = None if request.form.get("all") else [_number(request.form.get("message", ""))]
    count = keeping.again(chosen)
    audit.record(audit.Deed.CHANGED, audit.Thing("messages"), {"tried_again": count})
    db.session.commit()
    flash(ngettext("%(num)d message waits again.", "%(num)d messages wait again.", count), "success")
    return redirect(url_for("messages.index"))


@blueprint.post("/test")
@required(Act.ADMINISTER)
def test() -> Response:
    """To the administrator, by one channel."""
    name = request.form.get("channel", "")
    if name not in CHANNELS or not CHANNELS[name].for_users:
        raise Missing
    put(f"test:{uuid.uuid4().hex}", current_user, "test", _fields(), channels=[name])
    audit.record(audit.Deed.CHANGED, audit.Thing("messages"), {"tested": name})
    db.session.commit()
    flash(_("A test message is on its way. Below you see what becomes of it."), "info")
    return redirect(url_for("messages.index"))


def _fields() -> dict[str, str]:
    base: str = current_app.extensions["settings"].base_url
    return {"sender": current_user.name or current_user.email, "link": f"{base}/notices"}


def _number(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Missing from None
