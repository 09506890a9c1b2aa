"""The pages of charts beside the overview, in their order: a new one is one module of cards and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from survey.figures import State
from survey.results.baseline_page import shown
from survey.results.cards import Card
from survey.results.cards.control import control_cards
from survey.results.cards.fairly import fairly
from survey.results.cards.instrument import instrument
from survey.results.cards.ledger import invited_somebody, ledger
from survey.results.cards.matters import matters
from survey.results.cards.said import said
from survey.results.forms import FilterForm
from survey.results.spans import USUAL
from survey.results.topic_page import offer, said_about
from survey.results.view import View


@dataclass(frozen=True, slots=True)
class Page:
    code: str  # in addresses
    title: Any
    lead: Any  # the question that the page answers
    cards: Callable[[View], Iterator[Card]]
    template: str = "results/page.html"
    below: Callable[[View], Any] = lambda view: None  # what its own template shows below the cards
    chooses: str = "question"  # what is chosen beside the filters; empty: nothing
    marks: bool = False  # whether one unit may be chosen to be marked
    offer: Callable[[FilterForm, View], None] = lambda form, view: None  # fills fields that only it has
    usual: str = USUAL  # the period where none is chosen
    unanswered: Callable[[View], bool] = lambda view: (
        False
    )  # whether there is something to show of nobody's answers

    def opens(self, view: View) -> bool:
        state = view.selection.state
        return state is State.OPEN or (state is State.EMPTY and self.unanswered(view))


PAGES = {
    page.code: page
    for page in (
        Page(
            "topics",
            _l("Topics"),
            _l("What do people speak of, how do they feel about it, and what costs most?"),
            said,
            "results/topics.html",
            said_about,
            chooses="topic",
            offer=offer,
            usual="12m",
        ),
        Page(
            "trend",
            _l("Trend"),
            _l("Is it changing, or is it the usual up and down?"),
            control_cards,
            "results/trend.html",
            shown,
            usual="12m",  # of 90 days there are only 13 weeks, of which 12 set the limits
        ),
        Page(
            "units", _l("Units"), _l("Who differs from the others, by more than chance?"), fairly, marks=True
        ),
        Page(
            "ledger",
            _l("Responses"),
            _l("How many were asked, how many answered, and what is known of the others?"),
            ledger,
            unanswered=invited_somebody,
        ),
        Page(
            "matters",
            _l("What matters"),
            _l("What matters most to those who answered, and is it done well?"),
            matters,
            chooses="outcome",
        ),
        Page(
            "instrument",
            _l("Quality of the questionnaire"),
            _l("Does the questionnaire measure what it is meant to?"),
            instrument,
            chooses="",
        ),
    )
}
