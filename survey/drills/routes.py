"""The pages of drills: all of them with their times, one step by step, and the forms that begin and stop them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response as AnyResponse

from analysis.charts import CONFIG
from analysis.wording.cases import duration
from survey import audit, clock
from survey.access import Act, may, required, visible_unit
from survey.channels import CHANNELS
from survey.drills import course, history, monthly, queries, service
from survey.drills.forms import NOW, DrillForm, HistoryForm, PlanForm
from survey.duty import names
from survey.duty.plan import Plan
from survey.errors import Conflict, DomainError, Invalid, Missing
from survey.extensions import db
from survey.figures import Places, places
from survey.form_errors import blame
from survey.models import Drill
from survey.names import person_name
from survey.results.framing import settings
from survey.results.labels import span_label, unit_label
from survey.results.spans import span
from survey.results.tables import as_csv
from survey.translation import locale

blueprint = Blueprint("drills", __name__, url_prefix="/duty/drills")
NUMBER = "<int(max=2147483647):number>"
USUAL = "12m"
SHOWN = 60
Page = str | tuple[str, int] | AnyResponse


@blueprint.get("")
@required(Act.READ_RESULTS)
def index() -> str:
    _note()
    form, seen = _filters()
    days = _days(form)
    drills = _begun(form, seen, days)
    return render_template(
        "drills/index.html",
        form=form,
        span=span_label(*days, locale()),
        drills=drills[:SHOWN],
        more=max(0, len(drills) - SHOWN),
        to_come=queries.to_come(current_user),
        plans=monthly.plans(current_user),
        plan_form=_plan_form(seen),
        card=_card(drills, seen) if drills else None,
        config=CONFIG,
        csv=lambda code: url_for(".file", code=code, **_kept()),  # type: ignore[arg-type]
        **_words(),
    )


def _note() -> None:
    audit.saw_figures(audit.Thing("drills", "", "", current_user.unit_id), settings().timezone)


def _words() -> dict[str, Any]:
    now = clock.now()
    return {
        "severities": names.SEVERITIES,
        "tiers": names.TIERS,
        "whys": names.HOLES,
        "within": lambda drill: course.within(drill.case, now),
        "took": lambda minutes: duration(minutes / 60, locale()),
        "minutes": lambda drill: course.minutes(drill.case),
        "person_name": person_name,
        "may_manage": may(current_user, Act.MANAGE_DUTY),
    }


def _filters() -> tuple[HistoryForm, Places]:
    form, seen = HistoryForm(request.args), places(current_user)
    form.offer(seen.offered(locale()))
    form.validate()
    if form.unit.errors and not form.unit.many:
        raise Missing
    return form, seen


def _days(form: HistoryForm) -> tuple[date, date]:
    today = clock.today(settings().timezone)
    return span(form.period.data or USUAL, today, (date(2000, 1, 1), today))


def _begun(form: HistoryForm, seen: Places, days: tuple[date, date]) -> Sequence[Drill]:
    chosen = seen.named(form.unit.data or "")
    below = [unit.id for unit in seen.below(chosen.path)] if chosen else None
    asked = queries.Asked(*days, settings().timezone, below, form.severity.data or "")
    return queries.begun(current_user, asked)


def _card(drills: Sequence[Drill], seen: Places) -> Any:
    """Every unit that had a drill, in the order of the tree."""
    parts = [
        history.Part(unit_label(seen, id_, locale()), [one for one in drills if one.unit_id == id_])
        for id_ in seen.units
        if any(one.unit_id == id_ for one in drills)
    ]
    return history.card(history.Part(_("All"), drills), parts, clock.now(), locale())


def _kept() -> dict[str, str]:
    known = {field.name for field in HistoryForm()}
    return {name: value for name, value in request.args.items() if name in known}


@blueprint.get("/<any(times,drills):code>.csv")
@required(Act.READ_RESULTS)
def file(code: str) -> AnyResponse:
    _note()
    form, seen = _filters()
    drills = _begun(form, seen, _days(form))
    if code == "times":
        table = _card(drills, seen).table
    else:
        called = {id_: unit_label(seen, id_, locale()) for id_ in seen.units}
        table = history.listed(drills, clock.now(), called)
    head = {"Content-Disposition": f'attachment; filename="drills-{code}.csv"'}
    return AnyResponse(as_csv(table), mimetype="text/csv", headers=head)


@blueprint.get(f"/{NUMBER}")
@required(Act.READ_RESULTS)
def show(number: int) -> str:
    drill = queries.drill_of(current_user, number)
    audit.saw_first(audit.Deed.SAW, audit.Thing("drill", str(number), drill.severity, drill.unit_id))
    drill = queries.drill_of(current_user, number)
    return render_template(
        "drills/show.html",
        drill=drill,
        case=drill.case,
        steps=course.told(drill.case) if drill.case else [],
        channels=CHANNELS,
        **_words(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@required(Act.MANAGE_DUTY)
def new() -> Page:
    form = DrillForm(when=NOW, severity="ordinary", unit=request.args.get("unit"))
    form.unit.choices = _offered(places(current_user))
    if form.validate_on_submit():
        try:
            drill = _ask(form)
            number, begun = drill.id, drill.case_id is not None
            db.session.commit()
            flash(_("The drill has begun.") if begun else _("The drill will begin by itself."), "success")
            return redirect(url_for(".show", number=number), 303)
        except (Invalid, Conflict) as error:
            db.session.rollback()
            blame(form, error)
    page = render_template("drills/new.html", form=form)
    return (page, 422) if form.errors else page


def _ask(form: DrillForm) -> Drill:
    unit = visible_unit(current_user, form.unit.data or "")
    zone = ZoneInfo(Plan([unit], clock.now().date()).calendar(unit.id).timezone)
    return service.ask(unit, form.severity.data, form.instant(zone), current_user)


def _offered(seen: Places) -> Any:
    closed = {unit.code for unit in seen.units.values() if unit.closed_at is not None}
    return [("", _("Please choose")), *(one for one in seen.offered(locale()) if one[0] not in closed)]


@blueprint.post(f"/{NUMBER}/stop")
@required(Act.MANAGE_DUTY)
def stop(number: int) -> AnyResponse:
    drill = queries.drill_of(current_user, number)
    try:
        service.stop(drill, current_user)
        db.session.commit()
        flash(_("The drill is stopped."), "success")
    except Conflict as error:
        db.session.rollback()
        flash(str(error.message), "info")
    return redirect(url_for(".show", number=number), 303)


def _plan_form(seen: Places) -> PlanForm:
    form = PlanForm(formdata=None, severity="ordinary")
    form.unit.choices = _offered(seen)
    return form


@blueprint.post("/monthly")
@required(Act.MANAGE_DUTY)
def plan() -> AnyResponse:
    form = PlanForm()
    form.unit.choices = _offered(places(current_user))
    if not form.validate():
        flash(_("Please choose a unit and a severity."), "error")
        return redirect(url_for(".index", _anchor="monthly"), 303)
    unit = visible_unit(current_user, form.unit.data or "")
    return _planned(lambda: monthly.set_plan(unit, form.severity.data, current_user))


@blueprint.post("/monthly/<code>/end")
@required(Act.MANAGE_DUTY)
def end_plan(code: str) -> AnyResponse:
    unit = visible_unit(current_user, code)
    return _planned(lambda: monthly.set_plan(unit, None, current_user))


def _planned(change: Any) -> AnyResponse:
    try:
        change()
        db.session.commit()
        flash(_("Saved."), "success")
    except DomainError as error:
        db.session.rollback()
        flash(str(error.message), "error")
    return redirect(url_for(".index", _anchor="monthly"), 303)
