"""Quality of the questionnaire: what is wrong in words, the rest in tables, version by version."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from survey.figures import editions
from survey.results.cards.card import Card
from survey.results.cards.instrument.edition import Tested, tested
from survey.results.cards.instrument.questions import questions
from survey.results.cards.instrument.reliability import reliability
from survey.results.view import View

MOST = 4  # versions, the newest ones


def instrument(view: View) -> Iterator[Card]:
    if view.asked.channel or view.asked.locale:
        yield _nothing(
            _("Answers are paired for all channels and languages together: take these filters away.")
        )
        return
    found = [tested(view, one) for one in editions(view.person, view.questionnaire, view.filters)[:MOST]]
    known = [one for one in found if one.joint is not None]
    if not known:
        yield _nothing(_why(found))
        return
    yield reliability(view, known, [one.edition.version.number for one in found if one.joint is None])
    for one in known:
        yield questions(view, one)


def _why(found: list[Tested]) -> str:
    if not found:
        return _("Nobody answered in the whole months of this period. Choose a longer period.")
    return _(
        "Versions are judged over whole months in which only one was answered, and from enough answers. Choose a longer period or a larger unit."
    )


def _nothing(why: str) -> Card:
    return Card("reliability", _("The questionnaire cannot be judged here"), "", [why])
