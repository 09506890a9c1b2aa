"""Units compared fairly: the funnel, the best estimates, and the same mix."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from analysis.types import Reason
from analysis.wording import fairly as words
from analysis.wording.languages import counted, phrase
from survey.results.cards.card import Card
from survey.results.cards.fairly.ages import ages_cards
from survey.results.cards.fairly.estimates import estimates_card
from survey.results.cards.fairly.funnel import funnel_card
from survey.results.cards.fairly.mix import mix_card
from survey.results.cards.fairly.units import Compared, compared
from survey.results.view import View


def fairly(view: View) -> Iterator[Card]:
    found = compared(view)
    if found is None or len(found.groups) < 2:
        yield _missing(view, found)
        return
    judged = found.judged
    if judged.funnel.reason is not None:
        yield _missing(view, found, judged.funnel.reason)
        return
    yield funnel_card(view, found)
    yield estimates_card(view, found)
    yield mix_card(view, found)
    yield from ages_cards(view)


def _missing(view: View, found: Compared | None, reason: Reason | None = None) -> Card:
    """What is missing and what to do, in place of every chart of the page."""
    title = phrase(view.locale, "fairly_missing_title")
    if found is None:
        return Card("units", title, "", [_("This questionnaire has no question with a scale.")])
    if reason is None and len(found.groups) == 1:
        reason = Reason.ONE_GROUP
    hidden = counted(view.locale, "groups", found.hidden) if found.hidden else ""
    return Card(
        "units", title, view.wording(found.subject), [words.missing_sentence(reason, view.locale), hidden]
    )


__all__ = ["fairly"]
