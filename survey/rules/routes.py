"""The pages of rules: a list, a page each with its trial, and the forms that add to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response as AnyResponse

from analysis.catalogue import TOPICS
from survey import audit, clock
from survey.access import Act, may, required
from survey.alerts import queries, service
from survey.alerts.doubts import Doubt, doubts
from survey.alerts.service import Wanted
from survey.alerts.trying import Tried, try_on_past
from survey.alerts.watch import watch_of
from survey.errors import Conflict, Invalid, Missing
from survey.extensions import db
from survey.figures import issued, places
from survey.form_errors import blame
from survey.locales import say
from survey.models import Questionnaire, Rule, RuleEvent
from survey.names import topic_name
from survey.results.choosing import title
from survey.results.framing import settings
from survey.rules import filling, watch_routes, wording
from survey.rules.forms import RuleForm
from survey.rules.listing import register
from survey.rules.ready import READY, ready
from survey.translation import locale

blueprint = Blueprint("rules", __name__, url_prefix="/alerts")
register(blueprint)
watch_routes.register(blueprint)
blueprint.app_context_processor(lambda: {"chart_address": watch_routes.chart_address})  # cases link to it too
NUMBER = "<int(max=2147483647):number>"
SPANS = (7, 30, 90)  # days of a trial
YEAR = (365,)  # of a rule on figures
USUAL = 30
ALL = "all"
Page = str | tuple[str, int] | AnyResponse


@blueprint.get("/rules")
@required(Act.READ_ALERTS)
def index() -> str:
    found = [(event, wording.conditions(event, locale())) for event in queries.rules(current_user)]
    return render_template("rules/index.html", rules=found, **_words())


def _words() -> dict[str, Any]:
    return {
        "severities": wording.SEVERITIES,
        "tones": wording.TONES,
        "happened": wording.HAPPENED,
        "title": lambda event: wording.title(event, locale()),
        "joining": wording.joining,
        "burst": wording.burst,
    }


@blueprint.get(f"/rules/{NUMBER}")
@required(Act.READ_ALERTS)
def show(number: int) -> str:
    rule = queries.rule_of(current_user, number)
    now = rule.now
    days = request.args.get("days", "")
    watched = watch_of(now.terms) is not None
    spans = YEAR if watched else SPANS
    asked = int(days) if days in map(str, spans) else 0
    if asked:
        thing = audit.Thing("alert_rule", str(number), say(now.names, locale()), now.unit_id)
        audit.saw_figures(thing, settings().timezone)
        now = queries.rule_of(current_user, number).now
    return render_template(
        "rules/show_watch.html" if watched else "rules/show.html",
        rule=rule,
        now=now,
        spans=spans,
        asked=asked,
        **(_figures_tried(number, asked) if watched else _responses_tried(now, asked)),
        terms=wording.shown(now, locale()),
        changes=lambda at: list(wording.changes(rule.events, at, locale())),
        may_change=may(current_user, Act.MANAGE_RULES) and _mine(number),
        **_words(),
    )


def _responses_tried(now: RuleEvent, asked: int) -> dict[str, Any]:
    definition = filling.offered(now.questionnaire)
    return {
        "tried": _tried(Wanted.of(now), asked) if asked else None,
        "units": places(current_user).units,
        "why": lambda hit: wording.reasons(hit.reasons, definition, locale()),
    }


def _figures_tried(number: int, asked: int) -> dict[str, Any]:
    rule = queries.rule_of(current_user, number)
    tried = watch_routes.trial(rule, asked)
    return {"tried": tried, "lines": watch_routes.lines(tried, rule)}


def _mine(number: int) -> bool:
    try:
        queries.rule_of(current_user, number, to_change=True)
    except Missing:
        return False
    return True


def _tried(wanted: Wanted, days: int) -> Tried:
    given = settings()
    last = clock.today(given.timezone)
    return try_on_past(wanted, (last - timedelta(days=days - 1), last), current_user, given.min_n)


@blueprint.route("/rules/new", methods=["GET", "POST"])
@required(Act.MANAGE_RULES)
def new() -> Page:
    code = request.args.get("questionnaire", "")
    if not code:
        offers = [(one.code, title(one, locale())) for one in issued()]
        return render_template("rules/choose.html", questionnaires=offers, ready=READY, said=_said)
    questionnaire = _asked(code)
    form = RuleForm(data=_suggested())
    found = _checked(form, questionnaire, None)
    if isinstance(found, Wanted):
        rule = service.write(found, current_user)
        db.session.commit()
        flash(
            _(
                "The rule is written. It is switched off: look at what it would have found, then switch it on."
            ),
            "success",
        )
        return redirect(url_for(".show", number=rule.id, days=USUAL), 303)
    about = title(questionnaire, locale()) if questionnaire else _("All questionnaires")
    return _form("rules/new.html", form, found, about=about)


def _said(one: Any) -> str:
    return say({key.removeprefix("names_"): text for key, text in one.names.items()}, locale())


def _asked(code: str) -> Questionnaire | None:
    if code == ALL:
        return None
    found = next((one for one in issued() if one.code == code), None)
    if found is None:
        raise Missing
    return found


def _suggested() -> dict[str, Any]:
    one = ready(request.args.get("ready", ""))
    usual = {"at_least": 1, "within_days": 1, "most_days": 1, "valid_from": clock.today(settings().timezone)}
    return usual | {"severity": "ordinary"} | (dict(one.names) | dict(one.fields) if one else {})


@blueprint.route(f"/rules/{NUMBER}/change", methods=["GET", "POST"])
@required(Act.MANAGE_RULES)
def change(number: int) -> Page:
    rule = queries.rule_of(current_user, number, to_change=True)
    watch = watch_of(rule.now.terms)
    if watch is not None:
        return watch_routes.change(number, watch)
    form = RuleForm(data=filling.filled(Wanted.of(rule.now)))
    found = _checked(form, rule.now.questionnaire, rule)
    if isinstance(found, Wanted):
        try:
            service.change(rule, found, current_user)
            return _done(number, _("The change is kept beside what held before."))
        except Invalid as error:
            db.session.rollback()
            blame(form, error)
            found = []
    rule = queries.rule_of(current_user, number, to_change=True)
    return _form("rules/change.html", form, found, now=rule.now, name=say(rule.now.names, locale()))


def _checked(form: RuleForm, questionnaire: Questionnaire | None, rule: Rule | None) -> Wanted | list[Doubt]:
    """The rule as it may be kept, or what is odd about it."""
    definition = filling.offered(questionnaire)
    form.offer(
        places(current_user).offered(locale()),
        filling.ratings(definition, locale()) if definition else (),
        [(code, topic_name(code)) for code in TOPICS],
    )
    if not form.validate_on_submit():
        return []
    try:
        wanted = filling.wanted(form, questionnaire, current_user)
        service.check(wanted)
    except Invalid as error:
        blame(form, error)
        return []
    if form.sure.data:
        return wanted
    found = doubts(wanted, _tried(wanted, USUAL), rule)
    return found or wanted


def _form(template: str, form: RuleForm, found: list[Doubt], **more: Any) -> Page:
    odd = [wording.doubt(one, locale()) for one in found]
    page = render_template(template, form=form, doubts=odd, **more)
    return (page, 422) if form.errors or odd else page


@blueprint.post(f"/rules/{NUMBER}/<any(on,off):state>")
@required(Act.MANAGE_RULES)
def switch(number: int, state: str) -> AnyResponse:
    rule = queries.rule_of(current_user, number, to_change=True)
    try:
        service.switch(rule, state == "on", current_user)
    except Conflict as error:
        db.session.rollback()
        flash(str(error), "info")
        return redirect(url_for(".show", number=number), 303)
    said = _("The rule is switched on: it is asked for each response from now on.")
    if watch_of(rule.now.terms) is not None:
        said = _("The rule is switched on: periods that end from now on are looked at.")
    return _done(number, said if state == "on" else _("The rule is switched off."))


def _done(number: int, message: str) -> AnyResponse:
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".show", number=number), 303)
