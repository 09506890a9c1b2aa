"""What managers see: the overview, its tables as files, and the comments."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask_security import current_user

from analysis.charts import CONFIG
from survey import audit
from survey.access import Act, required
from survey.config import Settings
from survey.errors import Missing
from survey.figures import State
from survey.models import Grain
from survey.results import commenting, notes, tables
from survey.results.cards import cards
from survey.results.choosing import choose
from survey.results.forms import CommentForm, FilterForm
from survey.results.labels import period_label, service_label, span_label, unit_label
from survey.results.spans import PRESETS, USUAL
from survey.results.tiles import tiles
from survey.results.view import View
from survey.translation import locale

blueprint = Blueprint("results", __name__, url_prefix="/results")


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


@blueprint.get("")
@required(Act.READ_RESULTS)
def overview() -> str:
    form, view = choose(FilterForm, request.args, current_user, _settings(), locale())
    if view is None:
        return render_template("results/nothing.html")
    _note_figures(view)
    shown = view.selection.state is State.OPEN
    return render_template(
        "results/overview.html",
        **_frame(form, view),
        tiles=tiles(view) if shown else [],
        cards=list(cards(view)) if shown else [],
        flagged=notes.flagged(view) if shown else {},
        config=CONFIG,
    )


@blueprint.get("/chart/<code>.csv")
@required(Act.READ_RESULTS)
def chart(code: str) -> Response:
    """The table of one chart, under the same filters as the page."""
    _form, view = choose(FilterForm, request.args, current_user, _settings(), locale())
    if view is None or view.selection.state is not State.OPEN:
        raise Missing
    _note_figures(view)
    card = next((card for card in cards(view) if card.code == code), None)
    if card is None:
        raise Missing
    name = f"{view.questionnaire.code}-{card.code}-{view.filters.first_on}-{view.filters.last_on}.csv"
    head = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(tables.as_csv(card.table), mimetype="text/csv", headers=head)


@blueprint.get("/comments")
@required(Act.READ_RESULTS)
def comments() -> str:
    form, view = choose(CommentForm, request.args, current_user, _settings(), locale())
    if view is None:
        return render_template("results/nothing.html")
    days = {"from": view.filters.first_on, "to": view.filters.last_on}
    audit.saw(audit.Deed.SAW, _thing("comments", view), days)
    page = commenting.listed(view, form, request.args.get("older", ""), request.args.get("newer", ""))
    return render_template(
        "results/comments.html",
        **_frame(form, view),
        page=page,
        rating=lambda one: commenting.rating(view, one),
        unit_name=lambda one: unit_label(view.seen, one.comment.unit_id, view.locale),
        service_name=lambda one: service_label(view.seen, one.comment.service_type_id, view.locale),
        day_shown=lambda one: commenting.day_shown(view, one),
        month=lambda one: period_label(one.comment.submitted_on, Grain.MONTH, view.locale),
        hides_units=commenting.hides_units(view),
    )


def _note_figures(view: View) -> None:
    audit.saw_figures(_thing("results", view), view.timezone)


def _thing(kind: str, view: View) -> audit.Thing:
    """What was looked at, of one questionnaire and of the chosen unit."""
    code = view.questionnaire.code
    unit = view.filters.unit_path.strip("/").rpartition("/")[2]
    return audit.Thing(kind, code, code, int(unit) if unit else view.person.unit_id)


def _frame(form: FilterForm, view: View) -> dict[str, Any]:
    """What every results page shows around its own."""
    return {
        "form": form,
        "view": view,
        "presets": PRESETS,
        "preset": ""
        if request.args.get("from") or request.args.get("to")
        else request.args.get("period", USUAL),
        "span": span_label(view.filters.first_on, view.filters.last_on, view.locale),
        "waiting": notes.responses_wait(view),
        "address": _address,
    }


def _address(endpoint: str | None = None, **changes: str | None) -> str:
    """The address of this page, or another one, with the same filters but for the changes (None: without it)."""
    names = {field.name for field in CommentForm()} | {"period"}
    kept: dict[str, Any] = {
        name: values for name, values in request.args.to_dict(flat=False).items() if name in names
    }
    kept |= changes
    given = {name: value for name, value in kept.items() if value}
    return url_for(endpoint or request.endpoint or "results.overview", **given)
