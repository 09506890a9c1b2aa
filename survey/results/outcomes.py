"""Which question is about the whole, and which of them the analysis of what matters explains by default."""

from __future__ import annotations

from collections.abc import Sequence

from survey.figures import Subject
from survey.questions.base import Track
from survey.results.view import View

WHOLE = ("overall", "recommend")  # in codes of questions and dimensions
WHOLE_METRICS = ("nps", "ces")  # of recommendation and effort: consequences, no parts


def about_the_whole(track: Track) -> bool:
    """Whether the question is about the service as a whole, so that parts of it may explain the answer."""
    words = (track.code, track.dimension or "")
    return track.metric in WHOLE_METRICS or any(name in word for name in WHOLE for word in words)


def possible(scored: Sequence[Subject]) -> list[Subject]:
    """What can be explained: everything on a scale but expectations."""
    return [one for one in scored if one.track.expectation_of is None]


def usual_outcome(scored: Sequence[Subject]) -> Subject | None:
    """The recommendation (NPS), else the first question whose code or dimension says overall, else the first one."""
    asked = possible(scored)
    nps = (one for one in asked if one.track.metric == "nps")
    whole = (one for one in asked if about_the_whole(one.track) and one.track.metric != "ces")
    return next(nps, None) or next(whole, None) or next(iter(asked), None)


def outcome_of(view: View) -> Subject | None:
    """The chosen one, else the usual one."""
    chosen = view.subjects.get(view.outcome)
    return chosen if chosen in possible(view.scored) else usual_outcome(view.scored)
