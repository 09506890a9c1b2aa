"""What managers see: the overview, its tables as files, and the comments."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from analysis.charts import CONFIG
from survey import audit
from survey.access import Act, required
from survey.extensions import db
from survey.figures import State
from survey.results import baseline_page, comment_page, commenting, notes, saved_view_routes, topic_page
from survey.results.cards import cards
from survey.results.chapters import chapters
from survey.results.files import file_of
from survey.results.forms import CommentForm, FilterForm
from survey.results.framing import address, frame, thing, told
from survey.results.opening import figures_of, page_about
from survey.results.pages import PAGES, Page
from survey.results.tiles import tiles
from survey.results.view import View

blueprint = Blueprint("results", __name__, url_prefix="/results")
blueprint.app_context_processor(lambda: {"chapters": chapters})  # improvement and checking show them too
ONE_OF = f"any({', '.join(PAGES)})"


@blueprint.get("")
@required(Act.READ_RESULTS)
@page_about(FilterForm)
def overview(form: FilterForm, view: View) -> str:
    shown = view.selection.state is State.OPEN
    return render_template(
        "results/overview.html",
        **frame(form, view),
        tiles=tiles(view) if shown else [],
        cards=list(told(view, cards(view))) if shown else [],
        flagged=notes.flagged(view) if shown else {},
        **topic_page.summary(view),
        config=CONFIG,
    )


@blueprint.get("/chart/<code>.csv")
@required(Act.READ_RESULTS)
@figures_of(FilterForm)
def chart(_form: FilterForm, view: View, code: str) -> Response:
    """The table of one chart, under the same filters as the page."""
    return file_of(view, cards(view), code)


@blueprint.get(f"/<{ONE_OF}:page>")
@required(Act.READ_RESULTS)
@page_about(FilterForm)
def page(form: FilterForm, view: View, page: str) -> str:
    """One of the pages of charts."""
    return _page(PAGES[page], form, view)


def _page(of: Page, form: FilterForm, view: View, below: Any = None) -> str:
    shown = of.opens(view)
    if shown:
        of.offer(form, view)
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
@figures_of(FilterForm, note=None)
def freeze(form: FilterForm, view: View, page: str) -> str | tuple[str, int] | AnyResponse:
    """Freezes the baseline of the control chart that these filters show."""
    given = baseline_page.BaselineForm()
    if not baseline_page.freeze(view, given):
        return _page(PAGES[page], form, view, baseline_page.shown(view, given)), 422
    db.session.commit()
    flash(_("The baseline is frozen."), "success")
    return redirect(address("results.page", page=page) + "#baseline", 303)


@blueprint.get(f"/<{ONE_OF}:page>/<code>.csv")
@required(Act.READ_RESULTS)
@figures_of(FilterForm)
def page_chart(_form: FilterForm, view: View, page: str, code: str) -> Response:
    return file_of(view, PAGES[page].cards(view), code)


def _note_comments(view: View) -> None:
    days = {"from": view.filters.first_on, "to": view.filters.last_on}
    audit.saw(audit.Deed.SAW, thing("comments", view), days)


@blueprint.get("/comments")
@required(Act.READ_RESULTS)
@page_about(CommentForm, _note_comments)
def comments(form: CommentForm, view: View) -> str:
    query = request.query_string.decode("utf-8", "replace")
    page = commenting.listed(view, form, request.args.get("older", ""), request.args.get("newer", ""))
    return render_template(
        "results/comments.html",
        **frame(form, view),
        **comment_page.shown(view, form, page),
        **saved_view_routes.bar(query),
        query=query,
    )
