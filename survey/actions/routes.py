"""The pages of actions: a list with verdicts, a page each, and the forms that add to them."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response as AnyResponse

from analysis.charts import CONFIG
from analysis.wording import metric_name
from analysis.wording.actions import effect_word
from survey import audit
from survey.access import Act, may, required, visible_unit
from survey.actions import queries, service, wording
from survey.actions.cards import cards
from survey.actions.evaluation import Evaluation, Reader, evaluate
from survey.actions.forms import ActionForm, AmendForm, StopForm, suggested
from survey.distribute.forms import page_number
from survey.errors import Conflict, Invalid, Missing
from survey.extensions import db
from survey.figures import issued, places
from survey.form_errors import blame
from survey.models import Action, Direction, Part, Questionnaire
from survey.results.choosing import title
from survey.results.framing import settings
from survey.results.opening import about_questionnaire
from survey.results.tables import as_csv
from survey.translation import locale

blueprint = Blueprint("actions", __name__, url_prefix="/improve")
NUMBER = "<int(max=2147483647):number>"
Page = str | tuple[str, int] | AnyResponse


@blueprint.get("/actions")
@required(Act.READ_RESULTS)
def index() -> str:
    page = page_number()
    found, more = queries.actions(current_user, page)
    reader = _reader()
    return render_template(
        "actions/index.html",
        actions=[(action, evaluate(reader, action)) for action in found],
        newer=url_for(".index", page=page - 1) if page > 1 else None,
        older=url_for(".index", page=page + 1) if more else None,
        **_words(),
    )


def _reader() -> Reader:
    given = settings()
    return Reader(current_user, places(current_user), given.min_n, given.timezone, locale())


def _words() -> dict[str, Any]:
    return {
        "states": wording.STATES,
        "tones": wording.TONES,
        "terms": wording.TERMS,
        "events": wording.EVENTS,
        "shown": lambda action, event: wording.shown(action, event, locale()),
        "word": lambda action, found: _word(action, found),
        "tone": lambda action, found: wording.tone(found, action.now.direction == Direction.UP),
    }


def _word(action: Action, found: Evaluation) -> str:
    effect = found.effect
    return effect_word(effect, action.now.direction == Direction.UP, locale()) if effect else ""


@blueprint.get(f"/actions/{NUMBER}")
@required(Act.READ_RESULTS)
def show(number: int) -> str:
    action = queries.action_of(current_user, number)
    _note(action)
    action, reader = queries.action_of(current_user, number), _reader()
    found = evaluate(reader, action)
    return render_template(
        "actions/show.html",
        action=action,
        found=found,
        cards=list(cards(reader, action, found)),
        config=CONFIG,
        changes=lambda at: list(wording.changes(action, at, locale())),
        fitted=_changed_late(reader, action),
        may_change=may(current_user, Act.IMPROVE) and not action.stopped,
        timezone=reader.timezone,
        **_words(),
    )


def _note(action: Action) -> None:
    """That figures of these units were looked at."""
    units = {place.unit_id for event in action.events for place in event.places}
    unit_id = next(iter(units)) if len(units) == 1 else None
    thing = audit.Thing("action", str(action.id), action.now.title, unit_id)
    audit.saw_figures(thing, settings().timezone)


def _changed_late(reader: Reader, action: Action) -> list[tuple[date, int, list[str]]]:
    """When terms by which it is judged were changed after the start: the day, how much later, which."""
    found = []
    for at, event in enumerate(action.events[1:], start=1):
        keys = [key for key, _old, _new in wording.changes(action, at, reader.locale)]
        days = (reader.day(event) - action.registered.starts_on).days
        names = [str(wording.TERMS[key]) for key in keys if key in wording.JUDGED_BY]
        if names and days > 0:
            found.append((reader.day(event), days, names))
    return found


@blueprint.get(f"/actions/{NUMBER}/<code>.csv")
@required(Act.READ_RESULTS)
def chart(number: int, code: str) -> Response:
    action, reader = queries.action_of(current_user, number), _reader()
    _note(action)
    made = cards(reader, queries.action_of(current_user, number), evaluate(reader, action))
    table = next((card.table for card in made if card.code == code), None)
    if table is None:
        raise Missing
    head = {"Content-Disposition": f'attachment; filename="action-{number}-{code}.csv"'}
    return Response(as_csv(table), mimetype="text/csv", headers=head)


@blueprint.route("/actions/new", methods=["GET", "POST"])
@required(Act.IMPROVE)
@about_questionnaire("actions/choose.html")  # first, because it decides what can be measured
def new(questionnaire: Questionnaire) -> Page:
    form = ActionForm(data=suggested(request.args))
    _offer(form, questionnaire)
    if form.validate_on_submit():
        try:
            action = service.register(questionnaire, _terms(form), current_user)
            db.session.commit()
            flash(_("The action is registered."), "success")
            return redirect(url_for(".show", number=action.id), 303)
        except Invalid as error:
            db.session.rollback()
            blame(form, error)
    return _form("actions/new.html", form, several=len(issued()) > 1, about=title(questionnaire, locale()))


@blueprint.route(f"/actions/{NUMBER}/amend", methods=["GET", "POST"])
@required(Act.IMPROVE)
def amend(number: int) -> Page:
    action = _open(number)
    form = AmendForm(data=_given(action))
    _offer(form, action.questionnaire)
    if form.validate_on_submit():
        try:
            service.amend(action, _terms(form), form.why.data or "", current_user)
            return _done(number, _("The change is kept beside what was registered before."))
        except (Invalid, Conflict) as error:
            db.session.rollback()
            blame(form, error)
    return _form("actions/amend.html", form, action=queries.action_of(current_user, number))


@blueprint.route(f"/actions/{NUMBER}/stop", methods=["GET", "POST"])
@required(Act.IMPROVE)
def stop(number: int) -> Page:
    action, form = _open(number), StopForm()
    if form.validate_on_submit():
        try:
            service.stop(action, form.why.data or "", current_user)
            return _done(number, _("The action is stopped. It stays in the list, with what it brought."))
        except Conflict as error:
            db.session.rollback()
            blame(form, error)
    return _form("actions/stop.html", form, action=queries.action_of(current_user, number))


def _open(number: int) -> Action:
    action = queries.action_of(current_user, number)
    if action.stopped:
        raise Conflict(_("This action was stopped; it is not changed any more."))
    return action


def _done(number: int, message: str) -> AnyResponse:
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".show", number=number), 303)


def _form(template: str, form: Any, **more: Any) -> Page:
    page = render_template(template, form=form, **more)
    return (page, 422) if form.errors else page


def _offer(form: ActionForm, questionnaire: Questionnaire) -> None:
    measured = [
        (
            f"{code}|{metric}",
            f"{said.say(locale(), unit='…', service_type='…')} · {metric_name(metric, locale())}",
        )
        for code, metric, said in service.measurable(questionnaire)
    ]
    chosen = form.measured.data
    known = [value for value, _label in measured]
    if isinstance(form, AmendForm) and form.measured.object_data not in known:
        measured.append((form.measured.object_data, form.measured.object_data))  # not asked any more
    form.offer(places(current_user).offered(locale()), measured)
    form.measured.data = chosen


def _given(action: Action) -> dict[str, Any]:
    terms = action.now
    names = ("title", "starts_on", "direction", "expected", "responsible")
    return {name: getattr(terms, name) for name in names} | {
        "measured": f"{terms.question_code}|{terms.metric}",
        "units": [unit.code for unit in terms.units()],
        "comparators": [unit.code for unit in terms.units(Part.COMPARES)],
    }


def _terms(form: ActionForm) -> service.Terms:
    code, _bar, metric = (form.measured.data or "").partition("|")
    return service.Terms(
        title=form.title.data or "",
        question_code=code,
        metric=metric,
        starts_on=form.starts_on.data or date.min,
        direction=form.direction.data or "",
        expected=form.expected.data or "",
        responsible=form.responsible.data or "",
        units=tuple(visible_unit(current_user, one) for one in dict.fromkeys(form.units.data or ())),
        comparators=tuple(
            visible_unit(current_user, one) for one in dict.fromkeys(form.comparators.data or ())
        ),
    )
