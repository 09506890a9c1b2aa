"""Working hours of a unit, the days that differ, and time limits."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import current_user
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import SubmitField, TextAreaField

from survey import clock
from survey.access import Act, required, visible_unit
from survey.csv_tables import Report, uploaded
from survey.duty import keeping, limits_form, names, reading, service
from survey.duty.blueprint import NUMBER, Page, blueprint, done, page, refused
from survey.duty.calendars import spans_of, spans_of_week
from survey.duty.day_files import import_days
from survey.duty.forms import DayForm, WeekForm
from survey.duty.hours import read_hours, say_hours
from survey.duty.limits import Limit
from survey.duty.plan import Plan
from survey.duty.routes import words
from survey.duty.working import WEEKLY, Calendar
from survey.duty.zone import default_zone
from survey.errors import Conflict, DomainError, Invalid
from survey.extensions import db
from survey.models import SpecialDay, Unit


@blueprint.route("/units/<code>/calendar", methods=["GET", "POST"])
@required(Act.MANAGE_DUTY)
def calendar(code: str) -> Page:
    unit = visible_unit(current_user, code)
    above, own = _above(unit), keeping.own_week(unit)
    form = WeekForm(data=_shown(unit))
    form.offer(_("As the unit above") if unit.parent else _("The usual: %(hours)s", hours=_usual()))
    if form.validate_on_submit():
        try:
            week = [read_hours(form[f"day_{n}"].data or "", f"day_{n}") for n in range(7)]
            keeping.set_week(unit, form.timezone.data or None, week if form.own.data else None)
            return done(_("Saved."), url_for(".calendar", code=code))
        except (Invalid, Conflict) as error:
            refused(form, error)
    today = clock.today(default_zone())
    more = {"days": reading.days_of(unit, today.replace(month=1, day=1)), "today": today, "hours": _hours}
    return page(
        "duty/calendar.html", form, unit=unit, above=above, own=own, say_hours=say_hours, **more, **words()
    )


def _usual() -> str:
    return f"{names.WEEKDAYS[0]}–{names.WEEKDAYS[4]} {say_hours(WEEKLY[0])}"


def _above(unit: Unit) -> Calendar:
    """What holds without the unit's own week."""
    if unit.parent:
        return Plan([unit.parent], clock.today(default_zone())).calendar(unit.parent.id)
    return Calendar(default_zone())


def _shown(unit: Unit) -> dict[str, Any]:
    row = keeping.own_week(unit)
    own = spans_of_week(row) if row else None
    week = own or _above(unit).weekly
    shown = {f"day_{number}": say_hours(spans) for number, spans in enumerate(week)}
    return shown | {"own": "own" if own else "", "timezone": (row.timezone if row else None) or ""}


def _hours(row: SpecialDay) -> str:
    return say_hours(spans_of(row.spans)) if row.spans is not None else ""


@blueprint.route("/units/<code>/calendar/days/new", methods=["GET", "POST"])
@required(Act.MANAGE_DUTY)
def new_day(code: str) -> Page:
    unit, form = visible_unit(current_user, code), DayForm()
    if form.validate_on_submit():
        try:
            if form.day.data is None:
                raise ValueError("a form that is valid has a day")
            working = form.kind.data == "working"
            spans = read_hours(form.hours.data, "hours") if working and form.hours.data else None
            keeping.add_day(unit, form.day.data, form.name.data or "", working, spans)
            return done(_("The day is in the calendar."), url_for(".calendar", code=code))
        except (Invalid, Conflict) as error:
            refused(form, error)
    return page("duty/new_day.html", form, unit=unit, **words())


@blueprint.post(f"/days/{NUMBER}/remove")
@required(Act.MANAGE_DUTY)
def remove_day(number: int) -> Response:
    day = reading.day_of(current_user, number)
    code = day.unit.code
    db.session.delete(day)
    return done(_("The day is removed from the calendar."), url_for(".calendar", code=code))


class DaysForm(FlaskForm):
    file = FileField(_l("CSV or iCalendar file"), render_kw={"accept": ".csv,.ics,text/csv,text/calendar"})
    text = TextAreaField()  # the file's text, kept between its preview and its import
    store = SubmitField(_l("Import"))


@blueprint.route("/units/<code>/calendar/import", methods=["GET", "POST"])
@required(Act.MANAGE_DUTY)
def import_file(code: str) -> str:
    unit, form, stored = visible_unit(current_user, code), DaysForm(), False
    report: Report | None = None
    if form.validate_on_submit():
        try:
            form.text.data = uploaded(form.file.data or None, form.text.data or "")
            report = import_days(unit, form.text.data)
            stored = bool(form.store.data) and not report.problems
            (db.session.commit if stored else db.session.rollback)()
        except DomainError as error:
            db.session.rollback()
            form.file.errors = [str(error)]
    unit = visible_unit(current_user, code)
    return render_template("duty/import.html", form=form, report=report, stored=stored, unit=unit, **words())


@blueprint.route("/units/<code>/limits", methods=["GET", "POST"])
@required(Act.MANAGE_DUTY)
def limits(code: str) -> Page:
    unit = visible_unit(current_user, code)
    own = {key: Limit(row.minutes, row.by_clock) for key, row in service.own_limits(unit).items()}
    form = limits_form.limits_form(own)
    if form.validate_on_submit():
        try:
            wanted = limits_form.wanted(form)
            if not form.errors:
                service.set_limits(unit, wanted)
                return done(_("Saved."), url_for(".limits", code=code))
        except (Invalid, Conflict) as error:
            refused(form, error)
    above = {key: limits_form.say_limit(limit) for key, limit in service.limits_above(unit).items()}
    more = {"severities": names.SEVERITIES, "limited": names.LIMITS, "above": above}
    return page("duty/limits.html", form, unit=unit, **more, **words())
