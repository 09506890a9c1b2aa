"""What managers see: the overview, its tables as files, and the comments."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response as AnyResponse

from analysis.charts import CONFIG
from survey import audit
from survey.access import Act, required
from survey.errors import Missing
from survey.extensions import db
from survey.figures import State
from survey.models import Grain
from survey.results import baseline_page, commenting, notes
from survey.results.cards import cards
from survey.results.choosing import choose
from survey.results.files import file_of
from survey.results.forms import CommentForm, FilterForm
from survey.results.framing import address, frame, note_figures, settings, thing, told
from survey.results.labels import period_label, service_label, unit_label
from survey.results.pages import PAGES, Page
from survey.results.spans import USUAL
from survey.results.tiles import tiles
from survey.results.view import View
from survey.translation import locale

blueprint = Blueprint("results", __name__, url_prefix="/results")
ONE_OF = f"any({', '.join(PAGES)})"


@blueprint.get("")
@required(Act.READ_RESULTS)
def overview() -> str:
    form, view = choose(FilterForm, request.args, current_user, settings(), locale())
    if view is None:
        return render_template("results/nothing.html")
    note_figures(view)
    shown = view.selection.state is State.OPEN
    return render_template(
        "results/overview.html",
        **frame(form, view),
        tiles=tiles(view) if shown else [],
        cards=list(told(view, cards(view))) if shown else [],
        flagged=notes.flagged(view) if shown else {},
        config=CONFIG,
    )


@blueprint.get("/chart/<code>.csv")
@required(Act.READ_RESULTS)
def chart(code: str) -> Response:
    return _table(None, code)


def _table(of: Page | None, code: str) -> Response:
    """The table of one chart of a page (the overview without one), under the same filters."""
    usual = of.usual if of else USUAL
    _form, view = choose(FilterForm, request.args, current_user, settings(), locale(), usual)
    if view is None or not (of.opens(view) if of else view.selection.state is State.OPEN):
        raise Missing
    note_figures(view)
    return file_of(view, of.cards(view) if of else cards(view), code)


@blueprint.get(f"/<{ONE_OF}:page>")
@required(Act.READ_RESULTS)
def page(page: str) -> str:
    """One of the pages of charts."""
    form, view = choose(FilterForm, request.args, current_user, settings(), locale(), PAGES[page].usual)
    if view is None:
        return render_template("results/nothing.html")
    note_figures(view)
    return _page(PAGES[page], form, view)


def _page(of: Page, form: FilterForm, view: View, below: Any = None) -> str:
    shown = of.opens(view)
    return render_template(
        of.template,
        **frame(form, view, of.usual),
        opened=shown,
        page=of,
        cards=list(told(view, of.cards(view))) if shown else [],
        below=(below or of.below(view)) if shown else None,
        config=CONFIG,
    )


@blueprint.post("/<any(trend):page>")
@required(Act.FREEZE_BASELINE)
def freeze(page: str) -> str | tuple[str, int] | AnyResponse:
    """Freezes the baseline of the control chart that these filters show."""
    form, view = choose(FilterForm, request.args, current_user, settings(), locale(), PAGES[page].usual)
    if view is None or view.selection.state is not State.OPEN:
        raise Missing
    given = baseline_page.BaselineForm()
    if not baseline_page.freeze(view, given):
        return _page(PAGES[page], form, view, baseline_page.shown(view, given)), 422
    db.session.commit()
    flash(_("The baseline is frozen."), "success")
    return redirect(address("results.page", page=page) + "#baseline", 303)


@blueprint.get(f"/<{ONE_OF}:page>/<code>.csv")
@required(Act.READ_RESULTS)
def page_chart(page: str, code: str) -> Response:
    return _table(PAGES[page], code)


@blueprint.get("/comments")
@required(Act.READ_RESULTS)
def comments() -> str:
    form, view = choose(CommentForm, request.args, current_user, settings(), locale())
    if view is None:
        return render_template("results/nothing.html")
    days = {"from": view.filters.first_on, "to": view.filters.last_on}
    audit.saw(audit.Deed.SAW, thing("comments", view), days)
    page = commenting.listed(view, form, request.args.get("older", ""), request.args.get("newer", ""))
    return render_template(
        "results/comments.html",
        **frame(form, view),
        page=page,
        rating=lambda one: commenting.rating(view, one),
        unit_name=lambda one: unit_label(view.seen, one.comment.unit_id, view.locale),
        service_name=lambda one: service_label(view.seen, one.comment.service_type_id, view.locale),
        day_shown=lambda one: commenting.day_shown(view, one),
        month=lambda one: period_label(one.comment.submitted_on, Grain.MONTH, view.locale),
        hides_units=commenting.hides_units(view),
    )
