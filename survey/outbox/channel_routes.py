"""For administrators: how messages travel, and to which groups and programs."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from survey import audit
from survey.access import Act, required, visible_unit
from survey.channels import CHANNELS, SMS, kept
from survey.channels.sms import PROVIDERS
from survey.errors import DomainError, Missing
from survey.extensions import db
from survey.models import Endpoint, Unit
from survey.outbox import endpoints, rules
from survey.outbox.channel_forms import EndpointForm, HostsForm, RefusingForm, RulesForm, with_settings
from survey.outbox.service import put
from survey.translation import locale

blueprint = Blueprint("channels", __name__, url_prefix="/messages/channels")


@blueprint.get("")
@required(Act.ADMINISTER)
def index() -> str:
    return render_template(
        "messages/channels.html",
        personal=[one for one in CHANNELS.values() if one.for_users],
        grouped=[one for one in CHANNELS.values() if one.for_endpoints],
        endpoints=db.session.scalars(select(Endpoint).order_by(Endpoint.active.desc(), Endpoint.name)).all(),
        provider=PROVIDERS.get(kept.of_channel(SMS).get("provider", "")),
        providers=PROVIDERS.values(),
        rules=rules.current(),
        hosts=sorted(kept.allowed_hosts()),
        channels=CHANNELS,
    )


@blueprint.route("/sms/<provider>", methods=["GET", "POST"])
@required(Act.ADMINISTER)
def sms(provider: str) -> str | Response:
    if provider not in PROVIDERS:
        raise Missing
    known, before = PROVIDERS[provider], kept.of_channel(SMS)
    form = with_settings(RefusingForm, known.settings, before)()
    if form.validate_on_submit():
        try:
            endpoints.set_up_sms(provider, _given(form))
            return _stored(audit.Thing("channel", SMS, SMS))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error, next((one.name for one in known.settings), "csrf_token"))
    return render_template("messages/settings.html", form=form, title=known.title, note="")


@blueprint.route("/hosts", methods=["GET", "POST"])
@required(Act.ADMINISTER)
def hosts() -> str | Response:
    form = HostsForm(hosts="\n".join(sorted(kept.allowed_hosts())))
    if form.validate_on_submit():
        try:
            endpoints.allow_hosts(form.hosts.data or "")
            return _stored(audit.Thing("channel", "hosts", "hosts"))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error, "hosts")
    return render_template("messages/settings.html", form=form, title=_("Allowed hosts"), note="")


@blueprint.route("/limits", methods=["GET", "POST"])
@required(Act.ADMINISTER)
def limits() -> str | Response:
    """How many messages respondents get, and how long texts are kept."""
    now = rules.current()
    form = RulesForm(most_a_month=now.most_a_month, kept_days=now.kept_days)
    if form.validate_on_submit():
        rules.keep(rules.Rules(form.most_a_month.data, form.kept_days.data or now.kept_days))
        return _stored(audit.Thing("channel", "limits", "limits"))
    return render_template("messages/settings.html", form=form, title=_("How often, and how long"), note="")


@blueprint.route("/new/<channel>", methods=["GET", "POST"])
@required(Act.ADMINISTER)
def new(channel: str) -> str | Response:
    if channel not in CHANNELS or not CHANNELS[channel].for_endpoints:
        raise Missing
    form: Any = with_settings(EndpointForm, CHANNELS[channel].settings, {})(locale=locale())
    form.offer(_units(), locale())
    if form.validate_on_submit():
        try:
            endpoints.add(channel, form.name.data, form.locale.data, _unit(form), _given(form))
            return _stored()
        except DomainError as error:
            db.session.rollback()
            form.refuse(error, "name")
    return render_template("messages/settings.html", form=form, title=CHANNELS[channel].title)


@blueprint.route("/endpoints/<uuid:number>", methods=["GET", "POST"])
@required(Act.ADMINISTER)
def edit(number: uuid.UUID) -> str | Response:
    endpoint = endpoints.found(number)
    config = kept.of_endpoint(endpoint.id, endpoint.sealed)
    kind = with_settings(EndpointForm, CHANNELS[endpoint.channel].settings, config)
    code = endpoint.unit.code if endpoint.unit else ""
    form: Any = kind(name=endpoint.name, locale=endpoint.locale, unit=code)
    form.offer(_units(), locale())
    if form.validate_on_submit():
        try:
            endpoints.change(endpoint, form.name.data, form.locale.data, _unit(form), _given(form))
            return _stored()
        except DomainError as error:
            db.session.rollback()
            form.refuse(error, "name")
    title = CHANNELS[endpoint.channel].title
    return render_template("messages/settings.html", form=form, title=title, endpoint=endpoint)


@blueprint.post("/endpoints/<uuid:number>/<any('test', 'close', 'reopen'):act>")
@required(Act.ADMINISTER)
def do(number: uuid.UUID, act: str) -> Response:
    endpoint = endpoints.found(number)
    if act == "test":
        base: str = current_app.extensions["settings"].base_url
        fields = {"sender": current_user.name or current_user.email, "link": f"{base}/notices"}
        put(f"test:{uuid.uuid4().hex}", endpoint, "test", fields)
        audit.record(audit.Deed.CHANGED, audit.Thing("messages"), {"tested": endpoint.name})
        db.session.commit()
        flash(_("A test message is on its way. Below you see what becomes of it."), "info")
        return redirect(url_for("messages.index"))
    endpoint.active = act == "reopen"
    return _stored()


def _stored(thing: audit.Thing | None = None) -> Response:
    """Endpoints are watched by the audit trail; settings are noted here, without what they say."""
    if thing is not None:
        audit.record(audit.Deed.CHANGED, thing)
    db.session.commit()
    flash(_("Saved."), "success")
    return redirect(url_for("channels.index"))


def _given(form: RefusingForm) -> dict[str, str]:
    return {name: str(request.form.get(name) or "") for name in form.data}


def _units() -> list[Unit]:
    return list(db.session.scalars(select(Unit).where(Unit.closed_at.is_(None))))


def _unit(form: Any) -> Unit | None:
    return visible_unit(current_user, form.unit.data) if form.unit.data else None
