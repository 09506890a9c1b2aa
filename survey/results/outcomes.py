"""Which question is about the whole, and which of them the analysis of what matters explains by default."""

from __future__ import annotations

from collections.abc import Sequence

from survey.figures import Subject
from survey.questions.whole import main_track
from survey.results.view import View


def possible(scored: Sequence[Subject]) -> list[Subject]:
    """What can be explained: everything on a scale but expectations."""
    return [one for one in scored if one.track.expectation_of is None]


def usual_outcome(scored: Sequence[Subject]) -> Subject | None:
    """The recommendation (NPS), else the first question whose code or dimension says overall, else the first one."""
    main = main_track(one.track for one in scored)
    return next((one for one in scored if one.track is main), None)


def outcome_of(view: View) -> Subject | None:
    """The chosen one, else the usual one."""
    chosen = view.subjects.get(view.outcome)
    return chosen if chosen in possible(view.scored) else usual_outcome(view.scored)
