"""Kano's classes from scores: what very good and what bad performance does to the overall rating."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analysis.statistics.intervals import Interval
from analysis.statistics.regression import Fit, least_squares
from analysis.statistics.sums import Row, Sums
from analysis.statistics.tails import student_quantile
from analysis.types import Reason


class Role(StrEnum):
    BASIC = "basic"
    PERFORMANCE = "performance"
    EXCITEMENT = "excitement"
    INDIFFERENT = "indifferent"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a high or a low score of one item adds to the overall rating, in its unit; None: cannot be told."""

    value: float | None
    se: float | None
    p: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class PenaltyReward:
    """One item: reward of a high score, penalty of a low one, (|reward| − |penalty|)/(|reward| + |penalty|)."""

    reward: Effect
    penalty: Effect
    asymmetry: float | None
    role: Role | None  # None where there was no regression


@dataclass(frozen=True, slots=True)
class PenaltyRewards:
    """All items and the rating where none is high or low (`intercept`)."""

    items: tuple[PenaltyReward, ...]
    intercept: float | None
    r2: float | None
    n: int
    reason: Reason | None = None


def high_low_row(scores: Row, overall: float | None, low_max: float, high_min: float) -> list[float | None]:
    """One person's row for `Sums`: 1 or 0 for each item high (≥ high_min), each item low (≤ low_max), overall."""
    high = [None if score is None else float(score >= high_min) for score in scores]
    low = [None if score is None else float(score <= low_max) for score in scores]
    return [*high, *low, overall]


def penalty_reward(sums: Sums, alpha: float = 0.05) -> PenaltyRewards:
    """Regression of the overall rating on the high and low indicators of k items (see `high_low_row`).

    Performance: reward above 0 and penalty below 0 both with P < alpha; excitement or basic: only one of them.
    An indicator that nobody or everybody has, or that others add up to, has no effect (None). Reasons as
    `least_squares`. Raises ValueError unless `sums` has 2k + 1 items. Brandt 1987; Mikulić & Prebežac 2008
    (Manag. Serv. Qual. 18:559).
    """
    if sums.k % 2 == 0:
        raise ValueError("k items high, k items low and the overall rating are needed")
    fit, k = least_squares(sums), sums.k // 2
    effects = [_effect(fit, place, alpha) for place in range(2 * k)]
    items = tuple(_item(effects[j], effects[j + k], alpha, fit.reason is None) for j in range(k))
    return PenaltyRewards(items, fit.intercept, fit.r2, fit.n, fit.reason)


def _effect(fit: Fit, place: int, alpha: float) -> Effect:
    value, se = fit.coefficients[place], fit.se[place]
    if value is None or se is None:
        return Effect(value, se, fit.p[place], None)
    reach = student_quantile(1 - alpha, fit.df) * se
    return Effect(value, se, fit.p[place], (value - reach, value + reach))


def _item(reward: Effect, penalty: Effect, alpha: float, known: bool) -> PenaltyReward:
    pleases = reward.p is not None and reward.p < alpha and (reward.value or 0) > 0
    hurts = penalty.p is not None and penalty.p < alpha and (penalty.value or 0) < 0
    role = {
        (True, True): Role.PERFORMANCE,
        (True, False): Role.EXCITEMENT,
        (False, True): Role.BASIC,
        (False, False): Role.INDIFFERENT,
    }[pleases, hurts]
    asymmetry = None
    if reward.value is not None and penalty.value is not None and (reward.value or penalty.value):
        up, down = abs(reward.value), abs(penalty.value)
        asymmetry = (up - down) / (up + down)
    return PenaltyReward(reward, penalty, asymmetry, role if known else None)
