from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.drivers import MOST, key_drivers
from analysis.statistics.importance import Measured, Quadrant, importance_performance, quadrants
from analysis.statistics.loyalty_curve import Bend, loyalty_curve
from analysis.statistics.pair_sums import PairSums
from analysis.statistics.penalty_reward import Role, high_low_row, penalty_reward
from analysis.statistics.regression import least_squares
from analysis.statistics.sums import Sums
from analysis.types import Reason

Array = Any
ROWS = st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=6, max_size=25)


def ratings(persons: int, items: int, seed: int = 1) -> Array:
    """Correlated items and an overall rating that depends on the first most."""
    random = np.random.default_rng(seed)
    own = random.standard_normal((persons, items)) + random.standard_normal((persons, 1))
    scores = np.clip(np.round(3.5 + 0.6 * own), 1, 5)
    outcome = scores[:, 0] + 0.3 * scores.mean(axis=1) + 0.5 * random.standard_normal(persons)
    return np.column_stack([scores, np.round(outcome)])


def r2_by_projection(rows: Array, items: tuple[int, ...]) -> float:
    y = rows[:, -1] - rows[:, -1].mean()
    x = rows[:, list(items)] - rows[:, list(items)].mean(axis=0)
    fitted = x @ np.linalg.lstsq(x, y, rcond=1e-8)[0] if items else 0 * y
    return float(fitted @ fitted / (y @ y))


@given(ROWS)
def test_shares_are_the_mean_increment_over_all_orderings(rows: list[list[int]]) -> None:
    table = np.array(rows, dtype=float)
    found = key_drivers(Sums.of(rows))
    if found.reason is Reason.NO_SPREAD:
        assert len(set(table[:, -1])) == 1
        return
    increments = np.zeros(3)
    for order in permutations(range(3)):
        for place, item in enumerate(order):
            more, less = r2_by_projection(table, order[: place + 1]), r2_by_projection(table, order[:place])
            increments[item] += (more - less) / 6
    assert found.lmg == pytest.approx(increments.tolist(), abs=1e-8)
    assert sum(one or 0 for one in found.lmg) == pytest.approx(found.r2)


def test_twelve_items_are_taken_apart_and_their_shares_add_up() -> None:
    rows = ratings(600, MOST)
    found = key_drivers(Sums.of(rows.tolist()))
    assert found.r2 == pytest.approx(r2_by_projection(rows, tuple(range(MOST))))
    assert sum(one or 0 for one in found.pct) == pytest.approx(100)
    assert found.pct[0] == max(one or 0 for one in found.pct)


def test_thirteen_items_are_too_many_and_say_so() -> None:
    assert key_drivers(Sums.of(ratings(60, MOST + 1).tolist())).reason is Reason.NOT_APPLICABLE


def test_intervals_hold_the_shares_and_shrink_with_more_answers() -> None:
    few, many = (key_drivers(Sums.of(ratings(n, 4).tolist()), draws=200) for n in (60, 3000))
    for found in (few, many):
        for value, low, high in zip(found.pct, found.low, found.high, strict=True):
            assert low is not None and high is not None and value is not None
            assert low <= value <= high
    assert (many.high[0] or 0) - (many.low[0] or 0) < 0.4 * ((few.high[0] or 0) - (few.low[0] or 0))


def test_intervals_agree_with_a_bootstrap_of_the_persons() -> None:
    rows, random = ratings(500, 3), np.random.default_rng(5)
    drawn = [rows[random.integers(0, 500, 500)].astype(int).tolist() for _ in range(150)]
    shares = np.array([key_drivers(Sums.of(one)).pct for one in drawn], dtype=float)
    found = key_drivers(Sums.of(rows.tolist()), draws=300)
    assert found.low == pytest.approx(np.quantile(shares, 0.025, axis=0).tolist(), abs=4)
    assert found.high == pytest.approx(np.quantile(shares, 0.975, axis=0).tolist(), abs=4)


def test_the_same_sums_always_give_the_same_interval() -> None:
    sums = Sums.of(ratings(80, 3).tolist())
    assert key_drivers(sums, draws=50) == key_drivers(sums, draws=50)


@given(ROWS)
def test_least_squares_is_that_of_the_rows(rows: list[list[int]]) -> None:
    table = np.array(rows, dtype=float)
    x = np.column_stack([np.ones(len(table)), table[:, :-1]])
    fit = least_squares(Sums.of(rows))
    if fit.reason or None in fit.coefficients:
        assert np.linalg.matrix_rank(x) < 4 or len(set(table[:, -1])) == 1
        return
    beta, _, _, _ = np.linalg.lstsq(x, table[:, -1], rcond=None)
    assert [fit.intercept, *fit.coefficients] == pytest.approx(beta.tolist(), abs=1e-7)
    left = table[:, -1] - x @ beta
    if fit.df > 0 and left @ left > 1e-9:
        errors = np.sqrt(np.diag(np.linalg.inv(x.T @ x)) * (left @ left) / fit.df)
        assert fit.se == pytest.approx(errors[1:].tolist(), rel=1e-6)


def test_an_item_that_others_add_up_to_adds_nothing() -> None:
    rows = [[x, y, x + y, x + 2 * y + (x * y) % 3] for x in range(1, 5) for y in range(1, 5)]
    fit = least_squares(Sums.of(rows))
    assert fit.coefficients[2] is None and None not in fit.coefficients[:2]


def test_what_only_hurts_is_basic_and_what_only_pleases_excites() -> None:
    random = np.random.default_rng(2)
    scores = random.integers(1, 6, (800, 3))
    overall = 50 - 9 * (scores[:, 0] <= 2) + 8 * (scores[:, 1] >= 4) + random.standard_normal(800)
    rows = [high_low_row(line, y, 2, 4) for line, y in zip(scores.tolist(), overall.tolist(), strict=True)]
    found = penalty_reward(Sums.of(rows))
    assert [item.role for item in found.items] == [Role.BASIC, Role.EXCITEMENT, Role.INDIFFERENT]
    assert found.items[0].penalty.interval is not None
    assert found.items[0].penalty.interval[0] < -9 < found.items[0].penalty.interval[1]


def test_an_item_nobody_scores_low_has_no_penalty() -> None:
    rows = [high_low_row([score], 10.0 * score + score % 2, 2, 4) for score in (3, 4, 5, 3, 4, 5)]
    item = penalty_reward(Sums.of(rows)).items[0]
    assert (item.penalty.value, item.asymmetry) == (None, None) and item.reward.value


def test_priorities_go_by_importance_and_room_for_improvement() -> None:
    importance = [Measured(value) for value in (0.9, 0.8, 0.7, 0.1)]
    performance = [Measured(value) for value in (60.0, 40.0, 95.0, 99.0)]
    found = quadrants(importance, performance).items
    assert [item.quadrant for item in found] == [
        Quadrant.CONCENTRATE_HERE,
        Quadrant.CONCENTRATE_HERE,
        Quadrant.KEEP_UP,
        Quadrant.POSSIBLE_OVERKILL,
    ]
    assert [item.priority for item in found] == [2, 1, None, None]
    assert not any(item.sure for item in found)


def test_items_that_are_equal_all_lie_at_the_cut_and_count_as_high() -> None:
    found = quadrants([Measured(0.1)] * 3, [Measured(70.1)] * 3)
    assert {item.quadrant for item in found.items} == {Quadrant.KEEP_UP}


def test_an_item_without_spread_or_answers_has_no_quadrant() -> None:
    rows = [[1, 3, None, 1], [2, 3, None, 2], [5, 3, None, 4]]
    found = importance_performance(PairSums.of(rows, 4), (1, 5)).items
    assert [item.reason for item in found] == [None, Reason.NO_SPREAD, Reason.NO_ANSWERS]


def test_loyalty_that_leaps_at_the_top_bends_there() -> None:
    leap = [[40, 5, 0], [30, 10, 2], [25, 15, 5], [20, 20, 10], [2, 8, 60]]
    found = loyalty_curve(leap, [1, 2, 3, 4, 5], [0, 5, 10])
    assert (found.bend, found.n) == (Bend.TOP, 252)
    assert found.levels[0].mean == pytest.approx(25 / 45)
    rows = [
        [s, s * s, v]
        for s, line in enumerate(leap, 1)
        for v, c in zip((0, 5, 10), line, strict=True)
        for _ in range(c)
    ]
    beta = np.polyfit([row[0] for row in rows], [row[2] for row in rows], 2)
    assert found.curvature == pytest.approx(beta[0])


def test_a_straight_line_does_not_bend_and_two_levels_cannot() -> None:
    line = [[60 - 10 * s, 10 + 10 * s] for s in range(5)]
    assert loyalty_curve(line, [1, 2, 3, 4, 5], [0, 1]).bend is None
    assert loyalty_curve(line[:2], [1, 2], [0, 1]).reason is Reason.TOO_FEW
    assert loyalty_curve([[3, 0], [4, 0], [5, 0]], [1, 2, 3], [0, 1]).reason is Reason.NO_SPREAD
    assert loyalty_curve([[0, 0]], [1], [0, 1]).reason is Reason.NO_ANSWERS
