"""What is said: the topics of comments, how they are spoken of, where, since when, and what they cost."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from survey.results.cards.card import Card
from survey.results.cards.said.costs import costs
from survey.results.cards.said.over_time import over_time
from survey.results.cards.said.parts import parts
from survey.results.cards.said.shares import changes, shares
from survey.results.cards.said.units import by_unit
from survey.results.topic_study import TopicStudy
from survey.results.view import View

KINDS = (shares, changes, costs, by_unit, over_time, parts)


def said(view: View) -> Iterator[Card]:
    study = view.topic_study
    if not study.shares:
        yield Card("topics", _("No topics to show"), "", [_why(study)])
        return
    for kind in KINDS:
        yield from kind(study)


def _why(study: TopicStudy) -> str:
    if not study.view.said:
        return _("This questionnaire asks for no comments.")
    if study.now is None:
        return _("Too few comments were written on these days: choose more days or fewer filters.")
    return _("No topic was found in the comments of these days.")


__all__ = ["said"]
