"""What the analysis of what matters is about: an outcome, what may drive it, and the pairs of answers to both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask_babel import gettext as _

from analysis.statistics.joint import Column, Joint
from analysis.types import Reason
from survey.figures import Filters, JointCounts, Subject, joint
from survey.questions.base import Track
from survey.questions.whole import about_the_whole
from survey.results.labels import span_label
from survey.results.outcomes import outcome_of
from survey.results.view import View


@dataclass(frozen=True)
class Study:
    view: View
    counted: JointCounts

    @classmethod
    def of(cls, view: View) -> Study:
        """Of persons complete in all scales; where too few are, of pairs of answers alone."""
        counted = joint(view.person, view.filters, view.published)
        if counted.reason is Reason.SUPPRESSED:
            counted = joint(view.person, view.filters, view.published, complete=False)
        return cls(view, counted)

    @cached_property
    def outcome(self) -> Subject | None:
        return outcome_of(self.view)

    @cached_property
    def scales(self) -> list[Subject]:
        """The questions with numbers whose pairs are counted."""
        found = self.counted.joint
        known = {item.code for item in found.items if item.numbers} if found else set()
        return [one for one in self.view.scored if one.code in known]

    @cached_property
    def items(self) -> list[Subject]:
        """What may drive the outcome: parts of the service, no expectation."""
        return [
            one
            for one in self.scales
            if one is not self.outcome and one.track.expectation_of is None and not about_the_whole(one.track)
        ]

    def complete(self, subjects: Sequence[Subject]) -> list[Subject]:
        """Those of them that everybody was asked."""
        always = self.counted.joint.always if self.counted.joint else ()
        return [one for one in subjects if one.code in always]

    def label(self, subject: Subject) -> str:
        return self.view.wording(subject)

    def days(self) -> str:
        filters = self.counted.filters
        return span_label(filters.first_on, filters.last_on, self.view.locale)

    def note(self) -> str:
        return months_note(self.view, self.counted.filters, self.counted.since)

    def method(self, *more: tuple[str, str]) -> list[tuple[str, str]]:
        """What was computed, and of which days and version."""
        version = str(self.view.version.number)
        return [*more, (_("Days"), self.days()), (_("Version"), version)]


def months_note(view: View, counted: Filters, since: date | None) -> str:
    """Which days are meant, where they are not those above the page."""
    days = span_label(counted.first_on, counted.last_on, view.locale)
    if since:
        return _("Only whole months since the questions were changed count here: %(days)s.", days=days)
    if (view.filters.first_on, view.filters.last_on) != (counted.first_on, counted.last_on):
        return _("Whole months are counted here: %(days)s.", days=days)
    return ""


def bounds(track: Track) -> tuple[float, float]:
    return track.scale.bounds if track.scale else (0.0, 0.0)


def oriented(found: Joint, track: Track) -> Column:
    """The question's numbers, turned where the lowest one is the best: more is always better."""
    column, (low, high) = found.score(track.code), bounds(track)
    if track.scale is None or not track.scale.reverse:
        return column
    return Column(column.code, {level: low + high - number for level, number in column.numbers.items()})
