"""What matters most: drivers, priorities, gaps and dimensions, loyalty, Kano's classes. In the order of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask_babel import gettext as _

from analysis.types import Reason
from survey.results.cards.card import Card
from survey.results.cards.matters.dimensions import dimensions
from survey.results.cards.matters.drivers import drivers
from survey.results.cards.matters.gaps import gaps
from survey.results.cards.matters.kano import features
from survey.results.cards.matters.loyalty import loyalty
from survey.results.cards.matters.penalties import penalties
from survey.results.cards.matters.priorities import priorities
from survey.results.cards.matters.study import Study
from survey.results.view import View

KINDS: tuple[Callable[[Study], Iterator[Card]], ...] = (
    drivers,
    priorities,
    gaps,
    dimensions,
    loyalty,
    features,
    penalties,
)


def matters(view: View) -> Iterator[Card]:
    study = Study.of(view)
    if study.counted.joint is None:
        yield _nothing(study)
        return
    for kind in KINDS:
        yield from kind(study)


def _nothing(study: Study) -> Card:
    said = {
        Reason.NOT_APPLICABLE: _(
            "Answers are paired for all channels and languages together: take these filters away."
        )
        if study.view.filters.channel or study.view.filters.locale
        else _("This questionnaire has no scale whose answers could be compared with another's."),
        Reason.NO_ANSWERS: _("Nobody answered these questions in the whole months of this period."),
        Reason.SUPPRESSED: _(
            "Too few answered in these whole months to show pairs of answers. Choose a longer period or a larger unit."
        ),
    }
    reason = study.counted.reason or Reason.NO_ANSWERS
    return Card("drivers", _("What matters cannot be told here"), "", [said.get(reason, "")])
