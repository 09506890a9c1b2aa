"""Entering turns and absences."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from survey import clock
from survey.access import Act, required, visible_unit
from survey.duty import reading, roster
from survey.duty.blueprint import NUMBER, Page, blueprint, done, page, refused
from survey.duty.forms import AbsenceForm, TurnForm
from survey.duty.plan import Plan
from survey.duty.routes import words
from survey.duty.zone import default_zone
from survey.errors import Conflict, Invalid
from survey.models import Hours, Tier, User
from survey.names import person_name


@blueprint.route("/units/<code>/turns/new", methods=["GET", "POST"])
@required(Act.MANAGE_DUTY)
def new_turn(code: str) -> Page:
    unit = visible_unit(current_user, code)
    today = clock.today(default_zone())
    form = TurnForm(first_on=today, weekdays=[str(number) for number in range(7)])
    people = reading.people(current_user, unit)
    form.offer([(one.email, person_name(one)) for one in people])
    if form.validate_on_submit():
        try:
            roster.add_turn(unit, _wanted(form, people))
            return done(_("The turn is entered."), url_for(".unit", code=code))
        except (Invalid, Conflict) as error:
            refused(form, error)
    return page("duty/new_turn.html", form, unit=unit, **words())


def _wanted(form: TurnForm, people: list[User]) -> roster.Wanted:
    if form.first_on.data is None:
        raise ValueError("a form that is valid has a first day")
    single = form.first_on.data == form.last_on.data
    return roster.Wanted(
        tier=Tier(form.tier.data),
        person=_one(form.person.data, people),
        first_on=form.first_on.data,
        last_on=form.last_on.data,
        weekdays=roster.EVERY_DAY if single else form.weekdays.mask,
        every=1 if single else int(form.every.data),
        hours=Hours(form.hours.data),
        start=(form.start.data or 0) % 1440,
        end=form.end.data or 1440,
    )


def _one(email: str | None, people: list[User]) -> User:
    return next(one for one in people if one.email == email)  # as the form has made sure


@blueprint.post(f"/turns/{NUMBER}/remove")
@required(Act.MANAGE_DUTY)
def remove_turn(number: int) -> Response:
    turn = reading.turn_of(current_user, number)
    code = turn.unit.code
    today = Plan([turn.unit], turn.first_on).calendar(turn.unit_id).day(clock.now())
    roster.remove_turn(turn, today)
    return done(_("The turn is taken away from today on."), url_for(".unit", code=code))


@blueprint.get("/absences")
@required(Act.MANAGE_DUTY)
def absences() -> str:
    today = clock.today(default_zone())
    return render_template(
        "duty/absences.html", absences=reading.absences(current_user, today), today=today, **words()
    )


@blueprint.route("/absences/new", methods=["GET", "POST"])
@required(Act.MANAGE_DUTY)
def new_absence() -> Page:
    form = AbsenceForm(first_on=clock.today(default_zone()))
    people = reading.people(current_user)
    form.offer([(one.email, person_name(one)) for one in people])
    if form.validate_on_submit():
        try:
            _enter(form, people)
            return done(_("The absence is entered."), url_for(".absences"))
        except (Invalid, Conflict) as error:
            refused(form, error)
    return page("duty/new_absence.html", form, **words())


def _enter(form: AbsenceForm, people: list[User]) -> None:
    if form.first_on.data is None or form.last_on.data is None:
        raise ValueError("a form that is valid has both")
    substitute = _one(form.substitute.data, people) if form.substitute.data else None
    roster.add_absence(_one(form.person.data, people), (form.first_on.data, form.last_on.data), substitute)


@blueprint.post(f"/absences/{NUMBER}/remove")
@required(Act.MANAGE_DUTY)
def remove_absence(number: int) -> Response:
    roster.remove_absence(reading.absence_of(current_user, number), clock.today(default_zone()))
    return done(_("The absence ends."), url_for(".absences"))
