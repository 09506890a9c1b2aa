"""The inbox: which cases, what is new in it, and handing over several at once."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import current_user
from werkzeug.wrappers import Response as AnyResponse

from survey import clock
from survey.access import Act, required
from survey.cases import inbox, service
from survey.cases.limits import NEVER
from survey.cases.seeing import case_of, takers
from survey.casework import wording
from survey.casework.counting import waiting
from survey.casework.inbox_form import InboxForm
from survey.casework.steps import taker
from survey.errors import DomainError, Missing
from survey.extensions import db
from survey.figures import Places, places
from survey.models import User
from survey.results.framing import settings
from survey.translation import locale

blueprint = Blueprint("cases", __name__, url_prefix="/cases")
blueprint.app_context_processor(lambda: {"cases_waiting": waiting})
SOON = timedelta(hours=2)


@blueprint.get("/")
@required(Act.READ_CASES)
def index() -> str:
    form, wanted, people = _asked()
    marked = inbox.last_change(current_user)
    after, before = (inbox.place(request.args.get(name, "")) for name in ("after", "before"))
    page = inbox.page(current_user, wanted, after, before)
    now = clock.now()
    return render_template(
        "casework/inbox.html",
        form=form,
        view=wanted.view,
        views=_views(),
        page=page,
        excerpts=inbox.excerpts(page.cases),
        people=people,
        address=_address,
        news=_address(".news", since=str(inbox.Place(marked, 0))),
        now=now,
        soon=now + SOON,
        never=NEVER,
        filtered=any(request.args.get(field.name) for field in form),
        words=wording,
    )


@blueprint.get("/news")
@required(Act.READ_CASES)
def news() -> Response:
    """How many cases of the list have changed since; unchanged as long as no case at all has."""
    since = inbox.place(request.args.get("since", ""))
    if since is None:
        raise Missing
    last = inbox.last_change(current_user)
    tag = hashlib.sha256(f"{last} {since} {current_user.id} {locale()}".encode()).hexdigest()[:32]
    if request.if_none_match.contains(tag):
        answer = Response(status=304)
    else:
        found = 0
        if last > since.at:
            _form, wanted, _people = _asked()
            found = inbox.changed(current_user, wanted, since.at)
        said = ngettext("%(num)s case is new or has changed", "%(num)s cases are new or have changed", found)
        answer = jsonify({"changed": found, "words": said})
    answer.set_etag(tag)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@blueprint.post("/assign")
@required(Act.WORK_CASES)
def assign() -> AnyResponse:
    """Hands over the chosen cases. Those that this person may not take, or that are closed, are left out and told."""
    done, left = 0, []
    numbers = list(dict.fromkeys(request.form.getlist("cases")))[: inbox.PAGE]
    for public_id in numbers:
        case = case_of(current_user, public_id)
        with db.session.begin_nested() as step:
            try:
                to = request.form.get("to", "")
                service.assign(case, current_user if to == "me" else taker(case, to), current_user)
                done += 1
            except DomainError:
                step.rollback()
                left.append(wording.number(case.public_id))
    db.session.commit()
    if done:
        flash(ngettext("%(num)s case is handed over.", "%(num)s cases are handed over.", done), "success")
    if left:
        flash(
            _(
                "Not handed over, because they are closed or not this person's to take: %(which)s",
                which=", ".join(left),
            ),
            "error",
        )
    if not numbers:
        flash(_("Please choose at least one case."), "error")
    return redirect(_address(".index", **_back()), 303)


def _back() -> dict[str, str]:
    """The list from which it was sent, of its known parts only."""
    return {name: value for name, value in request.args.items() if name in _names()}


def _names() -> set[str]:
    return {field.name for field in InboxForm()} | {"view"}


def _asked() -> tuple[InboxForm, inbox.Wanted, list[User]]:
    form, seen = InboxForm(request.args), places(current_user)
    people = _owners(seen)
    form.offer(seen, people, locale())
    form.validate()
    return form, form.wanted(_view(), seen, settings().timezone), people


def _owners(seen: Places) -> list[User]:
    units = list(seen.units.values())
    return takers(units) if units else []


def _view() -> str:
    asked = request.args.get("view", "")
    return asked if asked in _views() else next(iter(_views()))


def _views() -> dict[str, Any]:
    every = {
        inbox.MINE: _("Mine"),
        inbox.UNIT: _("My unit's"),
        inbox.OVERDUE: _("Overdue"),
        inbox.ALL: _("All"),
    }
    return (
        every if current_user.unit_id else {key: every[key] for key in (inbox.ALL, inbox.MINE, inbox.OVERDUE)}
    )


def _address(endpoint: str = ".index", **changes: str) -> str:
    kept = {name: value for name, value in request.args.items() if name in _names()} | changes
    return url_for(endpoint, **{name: value for name, value in kept.items() if value})  # type: ignore[arg-type]
