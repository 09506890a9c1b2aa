"""The pages of topics: the lists, and what an organisation adds to them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import current_user
from werkzeug.wrappers import Response as AnyResponse

from analysis.catalogue import SECTORS
from analysis.topics import Mention, OwnTerms, named
from survey import clock
from survey.access import Act, required
from survey.errors import Invalid
from survey.extensions import db
from survey.form_errors import blame
from survey.names import topic_name
from survey.processing import rereading
from survey.topics import queries, service
from survey.topics.forms import LONGEST, SectorForm, TermsForm, TopicForm

blueprint = Blueprint("topics", __name__, url_prefix="/topics")
NEW = "new-topic"  # stands for a topic that is being made, while it is tried
Page = str | tuple[str, int] | AnyResponse


@dataclass(frozen=True, slots=True)
class Tried:
    """What a text would be about: its terms, and whether one of those just written is among them."""

    mentions: list[Mention]
    matched: bool


@blueprint.get("")
@required(Act.ADMINISTER)
def index() -> str:
    form = SectorForm(request.args)
    form.offer()
    sector = form.sector.data if form.sector.data in SECTORS else None
    settings = current_app.extensions["settings"]
    topics, terms = queries.ended()
    return render_template(
        "topics/index.html",
        form=form,
        sector=sector,
        topics=queries.topics(sector),
        ended_topics=topics,
        ended_terms=terms,
        covered=queries.coverage(clock.today(settings.timezone)),
        days=queries.DAYS,
        least=settings.min_n,
        waiting=rereading.waiting(),
    )


@blueprint.route("/terms", methods=["GET", "POST"])
@required(Act.ADMINISTER)
def terms() -> Page:
    form, tried = TermsForm(), None
    form.offer()
    if not form.is_submitted():
        form.about.data = request.args.get("about", "")
        form.terms.data = request.args.get("terms", "")[:LONGEST]
    elif form.validate():
        try:
            found = service.read_terms(form.about.data, form.terms.data or "")
            if not _asks_to_try():
                return _stored(service.add_terms(form.about.data, found, current_user.id))
            tried = _tried(form.text.data or "", form.about.data, found)
        except Invalid as error:
            blame(form, error)
    page = render_template("topics/terms.html", form=form, tried=tried)
    return (page, 422) if form.errors else page


@blueprint.route("/new", methods=["GET", "POST"])
@required(Act.ADMINISTER)
def new() -> Page:
    form, tried = TopicForm(), None
    if not form.is_submitted():
        form.suggest(request.args)
    elif form.validate():
        try:
            if not _asks_to_try():
                made = service.add_topic(form.names(), form.terms.data or "", current_user.id)
                db.session.commit()
                flash(
                    _(
                        "The topic “%(name)s” is stored. Older comments are read anew.",
                        name=topic_name(made.code),
                    ),
                    "success",
                )
                return redirect(url_for(".index"), 303)
            tried = _tried(form.text.data or "", NEW, service.read_terms(NEW, form.terms.data or ""))
        except Invalid as error:
            blame(form, error)
    page = render_template("topics/new.html", form=form, tried=tried, new_code=NEW)
    return (page, 422) if form.errors else page


@blueprint.post("/terms/<int(max=2147483647):number>/end")
@required(Act.ADMINISTER)
def end_term(number: int) -> AnyResponse:
    term = service.end_term(number, current_user.id)
    db.session.commit()
    flash(_("“%(term)s” is no longer looked for. Older comments are read anew.", term=term.term), "success")
    return redirect(url_for(".index"), 303)


@blueprint.post("/own/<code>/end")
@required(Act.ADMINISTER)
def end_topic(code: str) -> AnyResponse:
    topic = service.end_topic(code)
    db.session.commit()
    flash(
        _("The topic “%(name)s” has ended. Older comments are read anew.", name=topic_name(topic.code)),
        "success",
    )
    return redirect(url_for(".index"), 303)


def _asks_to_try() -> bool:
    return request.form.get("do") == "try"


def _stored(added: int) -> AnyResponse:
    db.session.commit()
    said = ngettext("One term is stored.", "%(num)s terms are stored.", added)
    flash(f"{said} {_('Older comments are read anew.')}", "success")
    return redirect(url_for(".index"), 303)


def _tried(text: str, code: str, terms: list[str]) -> Tried:
    mine = OwnTerms(code, tuple(terms))
    mentions = named(text, None, (*queries.own_terms(), mine))
    return Tried(mentions, bool(named_by(text, mine)))


def named_by(text: str, own: OwnTerms) -> list[Mention]:
    topic, _dot, part = own.code.partition(".")
    with_it = named(text, None, [own])
    return [one for one in with_it if (one.topic, one.subtopic) == (topic, part)]
