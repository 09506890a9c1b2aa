"""The pages on which open links are kept."""

from __future__ import annotations

import io
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response as AnyResponse

from survey import clock
from survey.access import Act, required, visible_unit
from survey.distribute import poster, qr, queries, service
from survey.distribute.addresses import kiosk_address, open_address, spoken
from survey.distribute.forms import LinkForm, WindowForm, page_number, timezone
from survey.distribute.invitation_routes import blueprint as invitations
from survey.distribute.wording import STATES, TONES
from survey.errors import Invalid, Missing
from survey.extensions import db
from survey.form_errors import blame
from survey.locales import say
from survey.models import Channel, Link, LinkState, Questionnaire, state_of
from survey.translation import locale
from survey.unit_fields import MOST_LISTED, matching, wrong

blueprint = Blueprint("distribute", __name__, url_prefix="/links")
blueprint.register_blueprint(invitations)


@blueprint.get("")
@required(Act.DISTRIBUTE)
def index() -> str:
    at = clock.now()
    page = page_number()
    units = queries.unit_choices(current_user, locale())
    wanted = _filter(units)
    found, more = queries.links(current_user, wanted, at, page)
    return render_template(
        "distribute/links.html",
        links=[(link, state_of(link, at)) for link in found],
        newer=_page(page - 1) if page > 1 else None,
        older=_page(page + 1) if more else None,
        wanted=wanted,
        filtered=any((wanted.questionnaire, wanted.unit, wanted.state)),
        questionnaires=queries.published_questionnaires(),
        units=units,
        listed=len(units) <= MOST_LISTED,
        states=STATES,
        **_words(),
    )


def _unit(units: list[tuple[str, str]]) -> str:
    """The code that was chosen; of very many units what was typed, which may be no unit's."""
    text = request.args.get("unit", "").strip()
    if not text or len(units) <= MOST_LISTED:
        return text
    found = matching(text, units)
    if len(found) == 1:
        return found[0][0]
    flash(wrong(text, found), "error")
    return ""


def _filter(units: list[tuple[str, str]]) -> queries.LinkFilter:
    state, unit = request.args.get("state", ""), _unit(units)
    return queries.LinkFilter(
        questionnaire=request.args.get("questionnaire", ""),
        unit=visible_unit(current_user, unit) if unit else None,
        state=LinkState(state) if state in STATES else None,
    )


def _page(number: int) -> str:
    asked: dict[str, Any] = request.args.to_dict() | {"page": str(number)}
    return url_for(".index", **asked)


def _words() -> dict[str, Any]:
    return {
        "state_name": STATES.get,
        "state_tone": TONES.get,
        "title_of": queries.title_of,
        "timezone": timezone(),
    }


@blueprint.route("/new", methods=["GET", "POST"])
@required(Act.DISTRIBUTE)
def new() -> str | tuple[str, int] | AnyResponse:
    """First the questionnaire, because it decides which languages there are; then the rest."""
    code = request.args.get("questionnaire", "")
    if not code:
        return render_template(
            "distribute/choose.html", questionnaires=queries.published_questionnaires(), **_words()
        )
    questionnaire = queries.published_questionnaire(code)
    form = LinkForm()
    types = [(found.code, say(found.names, locale())) for found in queries.service_types()]
    form.offer(queries.unit_choices(current_user, locale()), types, service.offered_languages(questionnaire))
    if form.validate_on_submit():
        try:
            return _make(questionnaire, form)
        except Invalid as error:
            blame(form, error)
    page = render_template("distribute/new.html", form=form, questionnaire=questionnaire, **_words())
    return (page, 422) if form.errors else page


def _make(questionnaire: Questionnaire, form: LinkForm) -> AnyResponse:
    binding = service.Binding(
        questionnaire=questionnaire,
        unit=visible_unit(current_user, form.unit.data or ""),
        service_type=queries.service_type_of(form.service_type.data),
        channel=Channel(form.channel.data),
        locale=form.locale.data or None,
    )
    label, key = form.label.data or "", form.form_key.data or ""
    link = service.make_link(binding, _window(form), label, current_user.id, key)
    db.session.commit()
    flash(_("The link is made."), "success")
    return redirect(url_for(".show", number=link.id), 303)


def _window(form: WindowForm) -> service.Window:
    return service.Window(form.opens_at.data, form.closes_at.data)


@blueprint.get("/<int(max=2147483647):number>")
@required(Act.DISTRIBUTE)
def show(number: int) -> str:
    link = queries.link_of(current_user, number)
    return render_template(
        "distribute/link.html",
        link=link,
        state=state_of(link, clock.now()),
        address=open_address(_base_url(), link.code),
        kiosk=kiosk_address(_base_url(), link.code) if link.channel == Channel.KIOSK else None,
        **_words(),
    )


def _base_url() -> str:
    address: str = current_app.extensions["settings"].base_url
    return address


@blueprint.route("/<int(max=2147483647):number>/edit", methods=["GET", "POST"])
@required(Act.DISTRIBUTE)
def edit(number: int) -> str | tuple[str, int] | AnyResponse:
    link = queries.link_of(current_user, number)
    form = WindowForm(obj=link)
    if form.validate_on_submit():
        try:
            service.change(link, form.label.data or "", _window(form))
            db.session.commit()
            flash(_("The changes are stored."), "success")
            return redirect(url_for(".show", number=number), 303)
        except Invalid as error:
            blame(form, error)
    page = render_template("distribute/edit.html", form=form, link=link, **_words())
    return (page, 422) if form.errors else page


@blueprint.post("/<int(max=2147483647):number>/pause")
@required(Act.DISTRIBUTE)
def pause(number: int) -> AnyResponse:
    service.pause(queries.link_of(current_user, number))
    return _done(number, _("The link is paused. Whoever opens it is told to come back later."))


@blueprint.post("/<int(max=2147483647):number>/resume")
@required(Act.DISTRIBUTE)
def resume(number: int) -> AnyResponse:
    service.resume(queries.link_of(current_user, number))
    return _done(number, _("The link takes responses again."))


@blueprint.route("/<int(max=2147483647):number>/close", methods=["GET", "POST"])
@required(Act.DISTRIBUTE)
def close(number: int) -> str | AnyResponse:
    """Asks first; a closed link is never opened again."""
    link = queries.link_of(current_user, number)
    if request.method != "POST":  # a HEAD must not close it
        return render_template("distribute/close.html", link=link, **_words())
    service.close(link)
    return _done(number, _("The link is closed for good."))


def _done(number: int, message: str) -> AnyResponse:
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".show", number=number), 303)


@blueprint.get("/<int(max=2147483647):number>/qr.<kind>")
@required(Act.DISTRIBUTE)
def code(number: int, kind: str) -> Response:
    link = queries.link_of(current_user, number)
    return _picture(link, kind, as_attachment="download" in request.args)


def _picture(link: Link, kind: str, as_attachment: bool) -> Response:
    address = open_address(_base_url(), link.code)
    made = {"svg": (qr.svg, "image/svg+xml"), "png": (qr.png, "image/png")}.get(kind)
    if made is None:
        raise Missing
    draw, mimetype = made
    name = f"qr-{link.unit.code}-{link.code}.{kind}"
    return send_file(io.BytesIO(draw(address)), mimetype, as_attachment=as_attachment, download_name=name)


@blueprint.get("/<int(max=2147483647):number>/poster")
@required(Act.DISTRIBUTE)
def poster_page(number: int) -> str:
    link = queries.link_of(current_user, number)
    editions = poster.editions(link)
    return render_template(
        "distribute/poster.html",
        link=link,
        editions=editions,
        density=poster.density(editions),
        address=spoken(open_address(_base_url(), link.code)),
        organisation=current_app.extensions["settings"].organisation,
    )
