"""Which periods give a signal: a chart or a target as one would have seen it at the end of each period.

A period counts when it is over. Small periods are hidden by the rules of every figure, and hidden ones give none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from analysis.statistics.attainment import Standing, attainment
from analysis.statistics.control_charts import FEWEST, Event, Side, events
from analysis.types import Group
from survey.alerts.watch import Watch
from survey.extensions import db
from survey.figures import (
    Filters,
    Places,
    Publication,
    Subject,
    Targets,
    current,
    period_end,
    subjects,
    trend,
)
from survey.figures.charting import chart_of, window_of
from survey.figures.measures import smaller_is_better
from survey.models import Baseline, Grain, Questionnaire, Target, Unit, User
from survey.processing.cuts import period_start

LOOK = {Grain.WEEK: 52, Grain.MONTH: 36}  # periods of a chart


@dataclass(frozen=True, slots=True)
class Looked:
    """Where is looked: with the eyes of a person, or of the worker, who sees all."""

    questionnaire: Questionnaire
    watch: Watch
    seen: Places
    published: Publication
    person: User | None = None

    @property
    def subject(self) -> Subject | None:
        version = current(self.questionnaire)
        found = subjects(version).get(self.watch.question) if version else None
        return found if found and found.track.scale is not None else None


@dataclass(frozen=True, slots=True)
class Signal:
    """Of a unit, at the end of a period. `shown`: the periods of its chart; an event, or a target that was missed."""

    unit: Unit
    subject: Subject
    shown: Sequence[Group]
    event: Event | None = None
    target: Target | None = None

    @property
    def period_on(self) -> date:
        return date.fromisoformat(self.shown[-1].key)

    @property
    def since(self) -> date:
        return date.fromisoformat(self.shown[0].key)

    @property
    def at_most(self) -> bool:
        metric = self.target.metric if self.target else ""
        return smaller_is_better(metric, self.subject.track.scale)

    @property
    def tag(self) -> str:
        """What it has in common with later ones of the same thing."""
        return f"{self.unit.id}:{self.event.side if self.event else 'missed'}"

    def key(self, watch: Watch) -> str:
        return f"{watch.key}:{self.tag}:{self.period_on.isoformat()}"


def last_whole(today: date, grain: Grain) -> date:
    """The last day of the newest period that is over."""
    return period_start(today, grain) - timedelta(days=1)


def back(day: date, grain: Grain, count: int) -> date:
    """The first day of the period so many before that of `day`."""
    start = period_start(day, grain)
    for _period in range(count):
        start = period_start(start - timedelta(days=1), grain)
    return start


def signals(
    look: Looked, unit: Unit, days: tuple[date, date], known: Iterable[tuple[str, date]] = ()
) -> Iterator[Signal]:
    """Those of the periods that end on these days, in time order. `known`: tags and periods of earlier ones."""
    subject = look.subject
    if subject is None:
        return
    periods = _periods(look, subject, unit, days)
    news = _missed if look.watch.watch == "target" else _changes
    told = list(known)
    for one in news(look, subject, unit, periods):
        end = period_end(one.period_on, look.watch.grain)
        if days[0] <= end <= days[1] and not _is_told(one, told):
            told.append((one.tag, one.period_on))
            yield one


def _is_told(one: Signal, told: Sequence[tuple[str, date]]) -> bool:
    """A change that goes on is one signal; a target that is missed again is another."""
    begun = date.fromisoformat(one.shown[one.event.first].key) if one.event else one.period_on
    return any(tag == one.tag and begun <= period <= one.period_on for tag, period in told)


def _periods(look: Looked, subject: Subject, unit: Unit, days: tuple[date, date]) -> list[Group]:
    """Of the newest wording, with what a chart of the first of these days looks back on."""
    first = back(days[0], look.watch.grain, LOOK[look.watch.grain])
    filters = Filters(look.questionnaire.id, first, days[1], unit_path=unit.path)
    segments, grain = trend(
        look.person,
        filters,
        subject,
        (),
        look.watch.metric,
        lambda day, _grain: day.isoformat(),
        published=look.published,
        grain=look.watch.grain,
    )
    return segments[-1] if segments and grain == look.watch.grain else []


def _changes(look: Looked, subject: Subject, unit: Unit, periods: Sequence[Group]) -> Iterator[Signal]:
    """Events of the chart that reach into the newest period that it had then."""
    held, most = _baseline(subject, unit), LOOK[look.watch.grain]
    for at in range(FEWEST - 1, len(periods)):
        shown = periods[max(0, at + 1 - most) : at + 1]
        if shown[-1].estimate.value is None:
            continue
        chart = chart_of(shown, window_of(shown, held, look.watch.grain) if held else None)
        for event in events(chart.signals):
            if event.last == len(shown) - 1 and _wanted(look.watch, subject, event):
                yield Signal(unit, subject, shown, event=event)


def _wanted(watch: Watch, subject: Subject, event: Event) -> bool:
    worse = Side.UP if smaller_is_better(watch.metric, subject.track.scale) else Side.DOWN
    return (event.side is worse or not watch.worse_only) and (event.likely or not watch.likely_only)


def _missed(look: Looked, subject: Subject, unit: Unit, periods: Sequence[Group]) -> Iterator[Signal]:
    """The whole interval of the period lies on the wrong side of the target that held at its end."""
    watch, aims = look.watch, _targets(look.questionnaire)
    for period in periods:
        end = period_end(date.fromisoformat(period.key), watch.grain)
        target = aims.of(unit, watch.question, watch.metric, end)
        if target is None:
            continue
        found = Signal(unit, subject, [period], target=target)
        if attainment(period.estimate, target.value, at_most=found.at_most) is Standing.NOT_MET:
            yield found


def _targets(questionnaire: Questionnaire) -> Targets:
    known = select(Target).where(Target.questionnaire_id == questionnaire.id)
    return Targets(db.session.scalars(known).all())


def _baseline(subject: Subject, unit: Unit) -> Baseline | None:
    mine = Baseline.series_id == subject.series_id, Baseline.unit_id == unit.id
    return db.session.scalars(select(Baseline).where(*mine).order_by(Baseline.id.desc()).limit(1)).first()
