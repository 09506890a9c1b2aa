"""What the statistics give and the charts and sentences take: frozen, complete, with n and interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Unit(StrEnum):
    """What a figure is measured in."""

    PERCENT = "percent"  # 0…100
    POINTS = "points"  # NPS and balances, −100…100
    SCALE = "scale"  # the question's own scale
    SCORE = "score"  # 0…100


class Reason(StrEnum):
    """Why a figure is not there."""

    NO_ANSWERS = "no_answers"
    TOO_FEW = "too_few"  # cannot be computed from so few, e.g. a spread from one answer
    SUPPRESSED = "suppressed"
    NO_BASELINE = "no_baseline"
    NOT_APPLICABLE = "not_applicable"  # the metric is not defined for this scale
    NO_SPREAD = "no_spread"  # all answers are equal
    ONE_GROUP = "one_group"  # nothing to compare with
    NOT_CONVERGED = "not_converged"  # the computation found no solution
    EMPTY_STRATUM = "empty_stratum"  # a part of the population that nobody answered for


class Verdict(StrEnum):
    LIKELY_REAL = "likely_real"
    CANNOT_TELL = "cannot_tell"
    NO_IMPORTANT_DIFFERENCE = "no_important_difference"


@dataclass(frozen=True, slots=True)
class Estimate:
    """An aggregate with its interval. `value` is None exactly when `reason` says why."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    unit: Unit
    metric: str  # csat, nps, ces, mean, mean_100, sentiment_balance, response_rate
    reason: Reason | None = None
    confidence: float = 0.95
    bounds: tuple[float, float] | None = None  # the ends of the scale, for axes and sentences


@dataclass(frozen=True, slots=True)
class Scale:
    """A question's scale: the number of each value, in order, and the values that count as satisfied.

    Metrics with numbers of their own (NPS, CES) read them from here too: `Scale({"0": 0, …, "10": 10})`.
    `reverse` says that the smallest number is the best answer.
    """

    values: Mapping[str, float]
    satisfied: frozenset[str] = frozenset()
    reverse: bool = False

    @property
    def bounds(self) -> tuple[float, float]:
        """The smallest and the largest number; of an empty scale (0, 0)."""
        numbers = self.values.values()
        return (min(numbers), max(numbers)) if numbers else (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Distribution:
    """Counts of valid answers by value, in the order of the scale; the others beside, never in n."""

    counts: Mapping[str, int]
    not_applicable: int = 0
    missing: int = 0
    answered: int | None = None  # persons, where one person may give several values
    undecided: int = 0  # comments that say something, but not to us what is felt

    @property
    def n(self) -> int:
        return sum(self.counts.values()) if self.answered is None else self.answered


@dataclass(frozen=True, slots=True)
class Comparison:
    """A difference (current minus base) with its interval, the verdict and the test behind it."""

    difference: float | None
    low: float | None
    high: float | None
    unit: Unit
    verdict: Verdict
    method: str
    p: float | None = None
    reason: Reason | None = None
    metric: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a chart: a unit, a service type, a period."""

    key: str
    label: str
    estimate: Estimate
    distribution: Distribution | None = None
    change: Comparison | None = None
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit whose group carries an estimate that was moved away from its own figure, `raw`, in the same unit."""

    group: Group
    raw: float
