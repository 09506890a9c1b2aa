"""The units that are compared, by the main question's counts; those that are hidden take part in nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.statistics import METRICS
from analysis.statistics.flags import Flags, corrected_flags
from analysis.statistics.funnel import Funnel, funnel
from analysis.statistics.mean_funnel import mean_funnel
from analysis.types import Estimate, Group, Reason, Unit
from survey.figures import Subject, group
from survey.results.labels import unit_label
from survey.results.view import View

MOST_DRAWN = 40  # of one chart and its table on the page; the file has all


@dataclass(frozen=True, slots=True)
class Judged:
    funnel: Funnel
    flags: Flags


@dataclass(frozen=True)
class Compared:
    """`groups` are the units that are shown, `counts` how often each of them was given each of `numbers`."""

    subject: Subject
    groups: Sequence[Group]
    counts: Sequence[Sequence[int]]
    numbers: Sequence[float]
    hidden: int
    marked: int | None = None  # the place of the unit that was chosen to be found

    @property
    def share(self) -> bool:
        return self.groups[0].estimate.unit is Unit.PERCENT

    @property
    def labels(self) -> list[str]:
        return [one.label for one in self.groups]

    @property
    def n(self) -> list[int]:
        return [one.estimate.n for one in self.groups]

    @cached_property
    def hits(self) -> list[int]:
        """Of a share: how many count."""
        return [
            sum(count for count, number in zip(unit, self.numbers, strict=True) if number)
            for unit in self.counts
        ]

    @cached_property
    def judged(self) -> Judged:
        made = funnel(self.hits, self.n) if self.share else mean_funnel(self.counts, self.numbers)
        return Judged(made, corrected_flags(made))

    @cached_property
    def drawn(self) -> list[int]:
        """The places of the units that are drawn: all, or the marked and the flagged, then the most extreme ones."""
        flags, z = self.judged.flags.sides, self.judged.funnel.z
        order = sorted(
            range(len(self.groups)), key=lambda at: (at != self.marked, not flags[at], -abs(z[at] or 0.0))
        )
        return sorted(order[:MOST_DRAWN])

    def moved(self, at: int, value: float, ends: tuple[float, float] | None) -> Group:
        """The unit with another estimate, in its unit."""
        own = self.groups[at]
        low, high = ends or (None, None)
        return replace(own, estimate=replace(own.estimate, value=value, low=low, high=high))


def compared(view: View) -> Compared | None:
    """None without a question that has a metric."""
    subject = view.main
    if subject is None or subject.track.scale is None:
        return None
    numbers = METRICS[view.metric].numbers(subject.track.scale)
    summed = view.sums
    made = {unit: _group(view, subject, unit, counted) for unit, counted in summed.items()}
    shown = [unit for unit, one in made.items() if _has(one.estimate)]
    return Compared(
        subject,
        [made[unit] for unit in shown],
        [_counts(numbers, summed[unit]) for unit in shown],
        list(numbers.values()),
        sum(one.estimate.reason is Reason.SUPPRESSED for one in made.values()),
        next((at for at, unit in enumerate(shown) if view.seen.units[unit].code == view.marked), None),
    )


def _group(view: View, subject: Subject, unit: int, counted: Mapping[str, int]) -> Group:
    return group(
        str(unit),
        unit_label(view.seen, unit, view.locale),
        subject.track,
        view.metric,
        counted,
        min_n=view.min_n,
        shown=view.told_of([subject], unit),
    )


def _has(estimate: Estimate) -> bool:
    return estimate.value is not None and estimate.n > 0


def _counts(numbers: Mapping[str, float], counted: Mapping[str, int]) -> list[int]:
    return [counted.get(value, 0) for value in numbers]
