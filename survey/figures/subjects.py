"""What can be shown of a questionnaire: its lines of figures, each with the series that is counted now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from survey.models import Questionnaire, Status, Version
from survey.processing.counting import RESPONSES
from survey.questions.base import Track
from survey.questions.definition import definition_of


@dataclass(frozen=True, slots=True)
class Subject:
    """A track with the series its counts stand in."""

    series_id: int
    track: Track

    @property
    def code(self) -> str:
        return self.track.code


def current(questionnaire: Questionnaire) -> Version | None:
    """The version whose wording and scales figures go by: the one published last."""
    issued = [version for version in questionnaire.versions if version.status != Status.DRAFT]
    return questionnaire.published or (issued[-1] if issued else None)


def subjects(version: Version) -> dict[str, Subject]:
    """By code, in the order of the questionnaire."""
    tracks = definition_of(version).tracks
    return {code: Subject(version.series[code], track) for code, track in tracks.items()}


def earlier(questionnaire: Questionnaire, code: str) -> list[Subject]:
    """The same code under wordings or scales it had before, oldest first. Never merged with what follows."""
    now = current(questionnaire)
    seen = {now.series.get(code)} if now else set()
    found = []
    for version in reversed(questionnaire.versions):
        series = version.series.get(code)
        if version.status != Status.DRAFT and series is not None and series not in seen:
            seen.add(series)
            found.append(Subject(series, definition_of(version).tracks[code]))
    return found[::-1]


def responses_series(version: Version) -> int:
    """The series of the responses themselves: received, flags."""
    series: Mapping[str, int] = version.series
    return series[RESPONSES]
