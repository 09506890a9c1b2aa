"""What pages and files of figures do first: choose by the address, stop where nothing is, note who looks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import render_template, request
from flask_security import current_user

from survey.errors import Missing
from survey.figures import State, issued
from survey.models import Questionnaire
from survey.results.choosing import Bar, choose, title
from survey.results.framing import note_figures, settings
from survey.results.pages import PAGES, Page
from survey.results.spans import USUAL
from survey.results.view import View
from survey.translation import locale

P = ParamSpec("P")
R = TypeVar("R")
Note = Callable[[View], None]
Seen = Callable[Concatenate[Bar, View, P], R]


def _page() -> Page | None:
    """The page of charts that the address names."""
    return PAGES.get((request.view_args or {}).get("page", ""))


def _chosen(form_class: type[Bar]) -> tuple[Bar, View | None]:
    page = _page()
    usual = page.usual if page else USUAL
    return choose(form_class, request.args, current_user, settings(), locale(), usual)


def _opens(view: View) -> bool:
    page = _page()
    return page.opens(view) if page else view.selection.state is State.OPEN


def page_about(form_class: type[Bar], note: Note = note_figures) -> Callable[[Seen[Bar, P, R]], Any]:
    """For routes: hands over the checked form and its view; a page of its own while nothing was published."""

    def decorate(show: Seen[Bar, P, R]) -> Callable[P, R | str]:
        @wraps(show)
        def opened(*args: P.args, **named: P.kwargs) -> R | str:
            form, view = _chosen(form_class)
            if view is None:
                return render_template("results/nothing.html")
            note(view)
            return show(form, view, *args, **named)

        return opened

    return decorate


def figures_of(form_class: type[Bar], note: Note | None = note_figures) -> Callable[[Seen[Bar, P, R]], Any]:
    """For routes: the same where only figures that may be shown will do; else Missing."""

    def decorate(give: Seen[Bar, P, R]) -> Callable[P, R]:
        @wraps(give)
        def opened(*args: P.args, **named: P.kwargs) -> R:
            form, view = _chosen(form_class)
            if view is None or not _opens(view):
                raise Missing
            if note is not None:
                note(view)
            return give(form, view, *args, **named)

        return opened

    return decorate


def about_questionnaire(template: str) -> Callable[[Callable[Concatenate[Questionnaire, P], R]], Any]:
    """For routes: hands over the questionnaire of the address; the template to choose one while several are."""

    def decorate(show: Callable[Concatenate[Questionnaire, P], R]) -> Callable[P, R | str]:
        @wraps(show)
        def opened(*args: P.args, **named: P.kwargs) -> R | str:
            offered, code = issued(), request.args.get("questionnaire", "")
            if not code and len(offered) != 1:
                choices = [(one.code, title(one, locale())) for one in offered]
                return render_template(template, questionnaires=choices)
            chosen = next((one for one in offered if one.code == code or not code), None)
            if chosen is None:
                raise Missing
            return show(chosen, *args, **named)

        return opened

    return decorate
