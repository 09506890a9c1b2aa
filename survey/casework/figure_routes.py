"""The page of figures about cases, with filters in the address and a file for each table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import current_user
from wtforms import Form

from analysis.charts import CONFIG
from survey import audit, clock
from survey.access import Act, required
from survey.cases.measuring import Asked, Measured, rows
from survey.casework.figures import Part, Told, cards
from survey.casework.wording import KINDS, SEVERITIES
from survey.distribute.forms import choices
from survey.errors import Missing
from survey.figures import Places, places
from survey.models import CaseKind, Grain, Unit
from survey.processing.cuts import period_start
from survey.results.forms import Day, OneOf
from survey.results.framing import settings
from survey.results.labels import period_label, span_label, unit_label
from survey.results.spans import PRESETS, span
from survey.results.tables import as_csv
from survey.translation import locale
from survey.unit_fields import UnitField

blueprint = Blueprint("case_figures", __name__, url_prefix="/cases/figures")
USUAL = "12m"
MONTHS = "months"


class FigureForm(Form):
    period = OneOf(_l("Period"), choices=choices([("", _l("12 months")), *PRESETS.items()]))
    opened_from = Day(_l("Opened from"), name="from")
    opened_to = Day(_l("Opened until"), name="to")
    unit = UnitField(_l("Unit"), shown_meanwhile=True)
    severity = OneOf(_l("Severity"), choices=choices([("", _l("All")), *SEVERITIES.items()]))
    kind = OneOf(
        _l("Kind"), choices=choices([("", KINDS[CaseKind.FEEDBACK]), ("analysis", KINDS[CaseKind.ANALYSIS])])
    )
    by = OneOf(_l("Compared by"), choices=choices([("", _l("Units")), (MONTHS, _l("Months"))]))


@blueprint.get("")
@required(Act.READ_RESULTS)
def index() -> str:
    form, seen = _form()
    days = _days(form)
    audit.saw_figures(audit.Thing("cases", "figures", "", current_user.unit_id), settings().timezone)
    form, seen = _form()
    told = _told(form, seen, days)
    return render_template(
        "casework/figures.html",
        form=form,
        filtered=any(request.args.get(field.name) for field in form),
        span=span_label(*days, locale()),
        n=len(told.whole.rows),
        least=told.least,
        cards=list(cards(told)) if told.whole.rows else [],
        config=CONFIG,
        csv=lambda code: url_for(".file", code=code, **_kept()),  # type: ignore[arg-type]
    )


@blueprint.get("/<code>.csv")
@required(Act.READ_RESULTS)
def file(code: str) -> Response:
    form, seen = _form()
    made = next((card.table for card in cards(_told(form, seen, _days(form))) if card.code == code), None)
    if made is None:
        raise Missing
    audit.saw_figures(audit.Thing("cases", "figures", "", current_user.unit_id), settings().timezone)
    head = {"Content-Disposition": f'attachment; filename="cases-{code}.csv"'}
    return Response(as_csv(made), mimetype="text/csv", headers=head)


def _form() -> tuple[FigureForm, Places]:
    form, seen = FigureForm(request.args), places(current_user)
    form.unit.choices = choices([("", _("All")), *seen.offered(locale())])
    form.validate()
    if form.unit.errors and not form.unit.many:
        raise Missing
    return form, seen


def _days(form: FigureForm) -> tuple[date, date]:
    today = clock.today(settings().timezone)
    first, last = span(form.period.data or USUAL, today, (date(2000, 1, 1), today))
    first, last = form.opened_from.data or first, form.opened_to.data or last
    return (first, last) if first <= last else (last, first)


def _told(form: FigureForm, seen: Places, days: tuple[date, date]) -> Told:
    chosen = seen.named(form.unit.data or "")
    below = [unit.id for unit in seen.below(chosen.path)] if chosen else None
    kind = form.kind.data or CaseKind.FEEDBACK
    asked = Asked(*days, settings().timezone, below, form.severity.data or "", kind)
    found = rows(current_user, asked)
    by_month = form.by.data == MONTHS
    parts = _by_month(found) if by_month else _by_unit(found, seen, chosen)
    head = _("Month") if by_month else _("Unit")
    return Told(
        Part("", _("All"), found, range(len(found))), parts, head, settings().min_n, clock.now(), locale()
    )


def _by_unit(found: Sequence[Measured], seen: Places, chosen: Unit | None) -> list[Part]:
    """The units just below the chosen one, each with all below it; a unit with none below stands alone."""
    places = _places(found, lambda row: row.unit_id)
    return [
        _part(found, unit.code, unit_label(seen, unit.id, locale()),
              [place for one in seen.below(unit.path) for place in places.get(one.id, ())])
        for unit in seen.children(chosen.path if chosen else "")
    ]  # fmt: skip


def _by_month(found: Sequence[Measured]) -> list[Part]:
    zone = settings().timezone
    months = _places(found, lambda row: period_start(clock.day_of(row.opened_at, zone), Grain.MONTH))
    return [
        _part(found, day.isoformat(), period_label(day, Grain.MONTH, locale()), places)
        for day, places in sorted(months.items())
    ]


def _places(found: Sequence[Measured], key: Callable[[Measured], Any]) -> dict[Any, list[int]]:
    places: dict[Any, list[int]] = {}
    for place, row in enumerate(found):
        places.setdefault(key(row), []).append(place)
    return places


def _part(found: Sequence[Measured], key: str, label: str, places: Sequence[int]) -> Part:
    return Part(key, label, [found[place] for place in places], places)


def _kept() -> dict[str, str]:
    known = {field.name for field in FigureForm()}
    return {name: value for name, value in request.args.items() if name in known}
