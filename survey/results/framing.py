"""What every results page shows around its own: filters, the days, the address of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

from flask import current_app, request, url_for

from analysis.wording.languages import phrase
from survey import audit
from survey.config import Settings
from survey.figures import State
from survey.results import notes, weighted
from survey.results.cards import Card
from survey.results.comparing.forms import CompareForm
from survey.results.forms import CommentForm, FilterForm
from survey.results.labels import span_label
from survey.results.spans import PRESETS, USUAL
from survey.results.view import View

LONGEST_QUERY = 2_000  # characters


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def note_figures(view: View) -> None:
    audit.saw_figures(thing("results", view), view.timezone)


def thing(kind: str, view: View) -> audit.Thing:
    """What was looked at, of one questionnaire and of the chosen unit."""
    code = view.questionnaire.code
    unit = view.filters.unit_path.strip("/").rpartition("/")[2]
    return audit.Thing(kind, code, code, int(unit) if unit else view.person.unit_id)


def frame(form: FilterForm, view: View, usual: str = USUAL) -> dict[str, Any]:
    return {
        "form": form,
        "view": view,
        "presets": PRESETS,
        "preset": ""
        if request.args.get("from") or request.args.get("to")
        else request.args.get("period", usual),
        "span": span_label(view.filters.first_on, view.filters.last_on, view.locale),
        "waiting": notes.responses_wait(view),
        "weights": weighted.said(view) if view.selection.state is State.OPEN else None,
        "totals_address": url_for("known_totals.show", code=view.questionnaire.code),
        "address": address,
        "reset": url_for(request.endpoint or "results.overview", **(request.view_args or {})),
    }


def address(endpoint: str | None = None, **changes: str | None) -> str:
    """The address of this page, or another one, with the same filters but for the changes (None: without it)."""
    where = endpoint or request.endpoint or "results.overview"
    form = CompareForm if where.startswith("comparing.") else CommentForm
    names = {field.name for field in form()} | {"period"}
    kept: dict[str, Any] = {
        name: values for name, values in request.args.to_dict(flat=False).items() if name in names
    }
    if endpoint is None:
        kept |= request.view_args or {}
    kept |= changes
    given = {name: value for name, value in kept.items() if value}
    return url_for(where, **given)


def kept(query: str) -> dict[str, Any]:
    """Of a query string, what an address of comments may say."""
    names = {field.name for field in CommentForm()} | {"period", "older", "newer"}
    return {name: values for name, values in parse_qs(query[:LONGEST_QUERY]).items() if name in names}


def told(view: View, cards: Iterable[Card]) -> Iterator[Card]:
    """Where weights are asked for, each card that does not say so says that it is not weighted."""
    for card in cards:
        said = card.weights or not view.weighted
        yield card if said else replace(card, weights=phrase(view.locale, "weights_off"))
