"""What one results page is about, and the merged counts it needs, each read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from survey.figures import (
    Counts,
    Dimension,
    Filters,
    Key,
    Places,
    Publication,
    Selection,
    Subject,
    Targets,
    Weighting,
    comments_told,
    counts,
    merged,
    metrics_of,
    responses_series,
    roll_up,
    selection,
    subjects,
    targets_of,
    weighting,
)
from survey.models import Grain, Questionnaire, Unit, User, Version
from survey.results.topic_study import TopicStudy

MOST_DEPARTMENTS = 40  # more are compared by the units just below


def main_of(subjects: Iterable[Subject], chosen: str) -> Subject | None:
    """The scored question with this code, else the first one that asks for no expectation."""
    scored = [one for one in subjects if one.track.scale is not None]
    named = (one for one in scored if one.code == chosen)
    return next(named, None) or next((one for one in scored if one.track.expectation_of is None), None)


@dataclass(frozen=True)
class View:
    person: User
    questionnaire: Questionnaire
    version: Version
    asked: Filters
    seen: Places
    min_n: int
    locale: str
    timezone: str
    question: str = ""
    outcome: str = ""
    level: str = ""
    topic: str = ""
    marked: str = ""  # the code of a unit to be found in pictures
    grain: Grain | None = None
    weighted: bool = False  # where there are weights, see `weighting`

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        return subjects(self.version)

    @cached_property
    def scored(self) -> list[Subject]:
        return [one for one in self.subjects.values() if one.track.scale is not None]

    @cached_property
    def said(self) -> list[Subject]:
        return [one for one in self.subjects.values() if one.track.kind == "said"]

    @cached_property
    def main(self) -> Subject | None:
        """The chosen question, else the first scored one."""
        return main_of(self.subjects.values(), self.question)

    @property
    def metric(self) -> str:
        """The metric by which the main question is compared."""
        return metrics_of(self.main.track)[0] if self.main else ""

    @cached_property
    def published(self) -> Publication:
        published = Publication(self.person, self.questionnaire.id, self.seen, self.min_n)
        published.together((one.series_id for one in self.subjects.values()), self.asked)
        return published

    @cached_property
    def selection(self) -> Selection:
        series = responses_series(self.version)
        return selection(self.person, self.asked, series, self.seen, self.published, self.units)

    @property
    def filters(self) -> Filters:
        """As asked for, on the days that are shown."""
        return self.selection.filters

    @cached_property
    def now(self) -> Counts:
        return counts(self.person, self.filters, [one.series_id for one in self.subjects.values()])

    @cached_property
    def targets(self) -> Targets:
        return targets_of(self.questionnaire.id)

    @cached_property
    def topic_study(self) -> TopicStudy:
        return TopicStudy(self)

    @cached_property
    def key_figures(self) -> list[tuple[str, Subject]]:
        """CSAT, NPS and CES where a question asks for them, the main one first; the main one on 0–100."""
        found: list[tuple[str, Subject]] = []
        ordered = sorted(self.scored, key=lambda subject: subject is not self.main)
        for metric in ("csat", "nps", "ces"):
            subject = next((one for one in ordered if one.track.metric == metric), None)
            if subject is not None and metric in metrics_of(subject.track):
                found.append((metric, subject))
        if self.main is not None and "mean_100" in metrics_of(self.main.track):
            found.append(("mean_100", self.main))
        return found

    @cached_property
    def before(self) -> Counts:
        """The previous period: of what has a tile, and of the responses themselves."""
        wanted = {one.series_id for _metric, one in self.key_figures} | {one.series_id for one in self.said}
        return counts(self.person, self.filters.before(), wanted | {responses_series(self.version)})

    @cached_property
    def units(self) -> list[Unit]:
        """The units that are compared."""
        path = self.asked.unit_path
        leaves, children = self.seen.leaves(path), self.seen.children(path)
        few = len(leaves) <= MOST_DEPARTMENTS
        return (
            leaves if self.level == "leaf" or (self.level != "children" and few) or not children else children
        )

    @cached_property
    def compared_ids(self) -> frozenset[int]:
        return frozenset(unit.id for unit in self.units)

    @cached_property
    def onto(self) -> dict[int, int]:
        return roll_up(self.seen.below(self.filters.unit_path), self.units)

    @cached_property
    def weighting(self) -> Weighting | None:
        """Where weights are asked for; it may say why there are none."""
        return weighting(self.filters, responses_series(self.version)) if self.weighted else None

    @property
    def weights(self) -> Weighting | None:
        """Where there are any to use."""
        found = self.weighting
        return found if found and not found.problem else None

    @cached_property
    def cells(self) -> dict[Key, Counter[str]]:
        """The main question by (compared unit, service type)."""
        return self.split(self.main, Dimension.UNIT, Dimension.SERVICE_TYPE) if self.main else {}

    @cached_property
    def sums(self) -> dict[int, Counter[str]]:
        """The main question by compared unit."""
        found: dict[int, Counter[str]] = {}
        for key, counted in self.cells.items():
            found.setdefault(key[0], Counter()).update(counted)
        return found

    def told(self, *subjects: Subject) -> bool:
        """Whether these questions' figures for the selected days may be shown."""
        return self.published.shows_all((one.series_id for one in subjects), self.filters)

    def comments_told(self, filters: Filters) -> bool:
        """Whether what the comments of these days say may be counted for all to see."""
        responses = responses_series(self.version)
        return comments_told(self.published, responses, self.said, filters, self.seen)

    def told_before(self, *subjects: Subject) -> bool:
        return self.published.shows_all((one.series_id for one in subjects), self.filters.before())

    def told_of(
        self, subjects: Iterable[Subject], unit_id: int | None, service_id: int | None = None
    ) -> bool:
        """The same for one of the compared units, one service type, or both."""
        series = [one.series_id for one in subjects]
        filters = self.filters
        if service_id is not None:
            filters = replace(filters, service_type_ids=frozenset({service_id}))
        if unit_id is None:
            return self.published.shows_all(series, filters)
        unit = self.seen.units[unit_id]
        if unit_id in self.compared_ids:
            return self.published.shows_all(series, replace(filters, unit_path=unit.path))
        return all(self.published.shows_own(one, filters, unit) for one in series)

    def split(self, subject: Subject, *dimensions: Dimension) -> dict[Key, Counter[str]]:
        """One subject's counts by compared unit first."""
        found = counts(self.person, self.filters, [subject.series_id], dimensions)[subject.series_id]
        return merged(found, self.onto)

    def wording(self, subject: Subject) -> str:
        return subject.track.wording.say(self.locale, unit="…", service_type="…")

    def total(self, subject: Subject, of: Counts | None = None) -> Counter[str]:
        return (self.now if of is None else of)[subject.series_id].get((), Counter())
