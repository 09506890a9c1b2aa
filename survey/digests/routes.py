"""One's own digest: to read, to choose when it comes, and to have it sent now."""

from __future__ import annotations

import uuid
from datetime import date

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from analysis.charts.theme import CONFIG
from survey import audit, clock
from survey.access import Act, required
from survey.config import Settings
from survey.digests.choices import Choice, choice_of, choose
from survey.digests.content import Asked, content, with_cases
from survey.digests.forms import ChoiceForm
from survey.digests.open_cases import open_cases
from survey.digests.sending import Maker, Wanted
from survey.digests.timing import Due, latest
from survey.errors import DomainError
from survey.extensions import db, reading
from survey.form_errors import blame
from survey.models import Cadence
from survey.translation import locale

blueprint = Blueprint("digests", __name__, url_prefix="/digest")


@blueprint.get("")
@required(Act.READ_FEEDBACK)
def show() -> str:
    return _page(_form())


@blueprint.post("")
@required(Act.READ_FEEDBACK)
def store() -> str | Response:
    form = _form()
    if form.validate_on_submit():
        try:
            choose(
                current_user,
                Choice(Cadence(form.cadence.data), form.hour.data, (form.timezone.data or "").strip()),
            )
        except DomainError as error:
            db.session.rollback()
            blame(form, error)
        else:
            audit.record(audit.Deed.CHANGED, audit.Thing("digest", str(current_user.id), current_user.email))
            db.session.commit()
            flash(_("Saved."), "good")
            return redirect(url_for("digests.show"))
    return _page(form)


@blueprint.post("/send")
@required(Act.READ_FEEDBACK)
def send() -> Response:
    if current_user.unit is None:
        flash(_("A digest is about somebody's unit; your account has none."), "bad")
        return redirect(url_for("digests.show"))
    settings = _settings()
    maker = Maker(settings.base_url, settings.locale, settings.min_n)
    when = _due()
    db.session.rollback()
    with reading():  # it takes seconds: nothing is locked meanwhile
        maker.prepare([Wanted(current_user, Cadence.NEVER, when)])
        db.session.rollback()
    maker.send(current_user, when, f"digest:now:{uuid.uuid4().hex}", clock.now())
    audit.record(audit.Deed.SAW, audit.Thing("digest", str(current_user.id), current_user.email))
    db.session.commit()
    flash(_("It is on its way to you."), "good")
    return redirect(url_for("digests.show"))


def _page(form: ChoiceForm) -> str:
    settings, when = _settings(), _due()
    told = None
    if current_user.unit is not None:
        asked = Asked(current_user.unit, when.first_on, when.last_on, locale(), settings.min_n)
        told = with_cases(content(current_user, asked), open_cases(current_user, clock.now()))
        audit.saw(
            audit.Deed.SAW,
            audit.Thing("comments", "", told.survey, current_user.unit_id),
            {"from": when.first_on, "to": when.last_on},
        )
    return render_template("digests/show.html", form=form, told=told, config=CONFIG, min_n=settings.min_n)


def _form() -> ChoiceForm:
    chosen = choice_of(current_user, _settings().timezone)
    return ChoiceForm(
        data={"cadence": chosen.cadence.value, "hour": chosen.hour, "timezone": chosen.timezone}
    )


def _due() -> Due:
    """The days of the last digest by the stored choice; of the last week for who wants none; or those of the link."""
    chosen = choice_of(current_user, _settings().timezone)
    wanted = chosen.cadence if chosen.cadence != Cadence.NEVER else Cadence.WEEKLY
    due = latest(wanted, chosen.hour, chosen.timezone, clock.now())
    if due is None:
        raise ValueError("every cadence but NEVER is due at some time")
    try:
        last = date.fromisoformat(request.args.get("last", ""))
    except ValueError:
        return due
    if last >= due.last_on or last.year < 2000:
        return due
    first = last.replace(day=1) if wanted == Cadence.MONTHLY else last - (due.last_on - due.first_on)
    return Due(due.at, first, last)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
