"""The page "Compare", and its tables as files."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, render_template

from analysis.charts import CONFIG
from analysis.wording import metric_name
from survey.access import Act, required
from survey.figures import State, metrics_of
from survey.results.cards import Card
from survey.results.comparing.choosing import Chosen, chosen, unscored
from survey.results.comparing.dates import change_between
from survey.results.comparing.forms import NAMES, CompareForm
from survey.results.comparing.many import many_cards
from survey.results.comparing.pair import nothing, pair_cards
from survey.results.files import file_of
from survey.results.framing import frame, told
from survey.results.opening import figures_of, page_about
from survey.results.view import View

blueprint = Blueprint("comparing", __name__, url_prefix="/results/compare")


@blueprint.get("")
@required(Act.READ_RESULTS)
@page_about(CompareForm)
def show(form: CompareForm, view: View) -> str:
    found, made = _cards(form, view)
    return render_template(
        "results/compare.html",
        **frame(form, view),
        own="results/compare_form.html",
        kinds=NAMES,
        chosen=found,
        change=change_between(view, found),
        own_days=found.sides is not None or bool(found.missing),
        cards=list(told(view, made)) if view.selection.state is State.OPEN else [],
        config=CONFIG,
    )


@blueprint.get("/<code>.csv")
@required(Act.READ_RESULTS)
@figures_of(CompareForm)
def chart(form: CompareForm, view: View, code: str) -> Response:
    return file_of(view, _cards(form, view)[1], code, "compare-")


def _metric(form: CompareForm, view: View) -> str:
    offered = metrics_of(view.main.track) if view.main else ()
    named = [(metric, metric_name(metric, view.locale)) for metric in offered]
    return form.offer(form.metric, named, offered[0] if offered else "")


def _cards(form: CompareForm, view: View) -> tuple[Chosen, Iterator[Card]]:
    found, metric = chosen(form, view), _metric(form, view)
    if found.missing or view.main is None:
        return found, iter([nothing(found.missing or unscored())])
    if found.sides:
        return found, pair_cards(view, found, found.sides, metric)
    return found, many_cards(view, found, metric)
