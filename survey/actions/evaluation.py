"""What became of an action: its state, its periods and what can be said of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from analysis.statistics.action_effect import ActionEffect, Stage, action_effect
from analysis.statistics.series_effect import EACH_SIDE
from analysis.types import Distribution, Group
from survey import clock
from survey.figures import (
    Filters,
    Places,
    Publication,
    Subject,
    Wave,
    base,
    current,
    distribution,
    earlier,
    group,
    known_days,
    metrics_of,
    period_end,
    scale_of,
    subjects,
    waves,
    whole_periods,
)
from survey.models import Action, ActionEvent, Grain, Part, Unit, User
from survey.results.labels import period_label


class State(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    JUDGED = "judged"  # can be
    STOPPED = "stopped"


@dataclass
class Reader:
    """Who reads, and when; what the actions of one questionnaire share is read once."""

    person: User
    seen: Places
    min_n: int
    timezone: str
    locale: str
    _published: dict[int, Publication] = field(default_factory=dict)
    _known: dict[int, tuple[date, date] | None] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return clock.today(self.timezone)

    def published(self, questionnaire_id: int) -> Publication:
        if questionnaire_id not in self._published:
            made = Publication(self.person, questionnaire_id, self.seen, self.min_n)
            self._published[questionnaire_id] = made
        return self._published[questionnaire_id]

    def known(self, questionnaire_id: int) -> tuple[date, date] | None:
        if questionnaire_id not in self._known:
            self._known[questionnaire_id] = known_days(questionnaire_id, self.person)
        return self._known[questionnaire_id]

    def day(self, event: ActionEvent) -> date:
        return clock.day_of(event.at, self.timezone)


@dataclass(frozen=True)
class Course:
    """The periods of the units, and of those to compare with; `start` is the first whole one after the start."""

    reader: Reader
    subject: Subject
    metric: str
    grain: Grain
    start: int
    effect: ActionEffect
    waves: list[Wave]
    waves_beside: list[Wave] | None

    @property
    def sides(self) -> tuple[int, int]:
        """How good it is: enough on the poorer side first, then all."""
        both = self.effect.before, self.effect.after
        return min(both), sum(both)

    @cached_property
    def periods(self) -> list[Group]:
        return self._groups(self.waves)

    @cached_property
    def beside(self) -> list[Group] | None:
        return None if self.waves_beside is None else self._groups(self.waves_beside)

    def _groups(self, of: list[Wave]) -> list[Group]:
        return [
            group(
                wave.day.isoformat(),
                period_label(wave.day, self.grain, self.reader.locale),
                self.subject.track,
                self.metric,
                wave.counted or {},
                min_n=self.reader.min_n,
                shown=wave.counted is not None,
            )
            for wave in of
        ]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`course` is None before the start and where the question has no answers at all."""

    state: State
    until: date  # the last day that counts
    late: int  # days after the start at which it was registered, where answers were there already
    course: Course | None = None

    @property
    def effect(self) -> ActionEffect | None:
        return self.course.effect if self.course else None


def evaluate(reader: Reader, action: Action) -> Evaluation:
    terms, known = action.now, reader.known(action.questionnaire_id)
    until = reader.today - timedelta(days=1)
    if action.stopped:
        until = min(until, reader.day(action.stopped))
    late = (reader.day(action.registered) - terms.starts_on).days
    if known is None or known[1] < terms.starts_on or known[0] > reader.day(action.registered):
        late = 0
    planned = terms.starts_on > reader.today
    course = _course(reader, action, known, until) if known and not planned else None
    return Evaluation(_state(action, planned, course), until, max(0, late), course)


def _state(action: Action, planned: bool, course: Course | None) -> State:
    if action.stopped:
        return State.STOPPED
    if planned:
        return State.PLANNED
    return State.JUDGED if course and course.effect.stage is Stage.JUDGED else State.RUNNING


def _course(reader: Reader, action: Action, known: tuple[date, date], until: date) -> Course | None:
    """By weeks; by months where weeks are too small for a judgement, and months do better."""
    found = _best(reader, action, known, until, Grain.WEEK)
    if found is None or min(found.effect.before, found.effect.after) >= EACH_SIDE:
        return found
    monthly = _best(reader, action, known, until, Grain.MONTH)
    if monthly is None or found.effect.stage is Stage.JUDGED:
        return found
    hidden = sum(group.estimate.value is None for group in found.periods) * 2 > len(found.periods)
    return monthly if monthly.effect.stage is Stage.JUDGED or hidden else found


def _best(
    reader: Reader, action: Action, known: tuple[date, date], until: date, grain: Grain
) -> Course | None:
    """In the wording that has most before and after: wordings are never merged."""
    questionnaire, terms = action.questionnaire, action.now
    version = current(questionnaire)
    now = subjects(version).get(terms.question_code) if version else None
    wordings = [*earlier(questionnaire, terms.question_code), *([now] if now else [])]
    days = whole_periods(known, terms.starts_on, until, grain)
    courses = [
        _of_wording(reader, action, wording, days, grain)
        for wording in wordings
        if terms.metric in metrics_of(wording.track)
    ]
    return max(reversed(courses), key=lambda course: course.sides, default=None)


def _of_wording(reader: Reader, action: Action, subject: Subject, days: list[date], grain: Grain) -> Course:
    terms, scale = action.now, scale_of(subject.track)
    if scale is None:
        raise ValueError(f"{subject.code} has no metric")
    start = sum(day < terms.starts_on for day in days)
    mixed = start - 1 if start and period_end(days[start - 1], grain) >= terms.starts_on else None
    own = _waves(reader, action, subject, terms.units(), days, grain)
    others = terms.units(Part.COMPARES)
    beside = _waves(reader, action, subject, others, days, grain) if others else None
    effect = action_effect(
        _distributions(reader, subject, own, mixed),
        start,
        None if beside is None else _distributions(reader, subject, beside, mixed),
        terms.metric,
        scale,
    )
    return Course(reader, subject, terms.metric, grain, start, effect, own, beside)


def _waves(
    reader: Reader, action: Action, subject: Subject, units: list[Unit], days: list[date], grain: Grain
) -> list[Wave]:
    id_ = action.questionnaire_id
    filters = Filters(id_, date.min, date.max)
    return waves(reader.person, filters, subject.series_id, units, days, grain, reader.published(id_))


def _distributions(
    reader: Reader, subject: Subject, of: list[Wave], mixed: int | None
) -> list[Distribution | None]:
    """The period in which the action began is neither before nor after."""
    found: list[Distribution | None] = []
    for at, wave in enumerate(of):
        told = None if wave.counted is None else distribution(subject.track, wave.counted)
        found.append(told if told and told.n and base(told) >= reader.min_n and at != mixed else None)
    return found
