"""Which question is about the service as a whole."""

from __future__ import annotations

from collections.abc import Iterable

from survey.questions.base import Track

WHOLE = ("overall", "recommend")  # in codes of questions and dimensions
WHOLE_METRICS = ("nps", "ces")  # of recommendation and effort: consequences, no parts


def about_the_whole(track: Track) -> bool:
    """Whether the question is about the service as a whole, so that parts of it may explain the answer."""
    words = (track.code, track.dimension or "")
    return track.metric in WHOLE_METRICS or any(name in word for name in WHOLE for word in words)


def main_track(tracks: Iterable[Track]) -> Track | None:
    """Of those on a scale: the recommendation (NPS), else the first whose code or dimension says overall, else the first.

    Expectations are no answer about the service.
    """
    asked = [track for track in tracks if track.scale is not None and track.expectation_of is None]
    nps = (one for one in asked if one.metric == "nps")
    whole = (one for one in asked if about_the_whole(one) and one.metric != "ces")
    return next(nps, None) or next(whole, None) or next(iter(asked), None)
