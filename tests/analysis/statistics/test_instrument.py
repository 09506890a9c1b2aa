from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics.gap import composite_gap, gap, gap_profile
from analysis.statistics.index import two_block_index, weighted_index
from analysis.statistics.internal_consistency import cronbach_alpha
from analysis.statistics.kano import kano
from analysis.statistics.one_factor import LEAST, omega_total
from analysis.statistics.sums import Sums
from analysis.types import Reason

ROWS = st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=3, max_size=30)
PAIRS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=30)


@given(PAIRS)
def test_a_gap_is_the_paired_difference_with_its_t_interval(pairs: list[tuple[int, int]]) -> None:
    found = gap(Sums.of(pairs))
    steps = np.array([perceived - expected for expected, perceived in pairs])
    error = steps.std(ddof=1) / np.sqrt(len(steps))
    half = stats.t.ppf(0.975, len(steps) - 1) * error
    assert found.gap == pytest.approx(steps.mean())
    assert (found.low, found.high) == pytest.approx((steps.mean() - half, steps.mean() + half), abs=1e-9)


@given(ROWS)
def test_the_gap_of_a_dimension_is_that_of_each_persons_means(rows: list[list[int]]) -> None:
    found = composite_gap(Sums.of(rows))
    own = [((row[2] + row[3]) / 2, (row[0] + row[1]) / 2) for row in rows]
    single = gap(Sums.of([(expected, perceived) for perceived, expected in own]))
    assert (found.gap, found.low, found.high) == pytest.approx(
        (single.gap, single.low, single.high), abs=1e-9
    )


def test_one_pair_has_a_gap_and_no_interval_and_none_has_neither() -> None:
    assert (gap(Sums.of([(5, 4)])).gap, gap(Sums.of([(5, 4)])).reason) == (-1.0, Reason.TOO_FEW)
    assert gap(Sums.empty(2)).reason is Reason.NO_ANSWERS


def test_a_dimension_without_pairs_is_left_out_of_the_whole() -> None:
    pairs = [Sums.of([(5, 3)]), Sums.empty(2)]
    found = gap_profile(pairs, ["waiting", "rooms"], {"waiting": 60, "rooms": 40})
    assert (found.overall, found.overall_weighted) == (-2.0, -2.0)
    assert found.dimensions["rooms"].reason is Reason.NO_ANSWERS
    with pytest.raises(ValueError, match="rooms"):
        gap_profile(pairs, ["waiting", "rooms"], {"waiting": 60})


@given(ROWS)
def test_alpha_is_that_of_the_rows(rows: list[list[int]]) -> None:
    table = np.array(rows, dtype=float)
    found = cronbach_alpha(Sums.of(rows))
    total = table.sum(axis=1)
    if found.alpha is None:
        assert total.var() == pytest.approx(0)
        return
    own = table.var(axis=0, ddof=1).sum()
    assert found.alpha == pytest.approx(4 / 3 * (1 - own / total.var(ddof=1)))
    assert found.low is not None and found.high is not None
    assert found.low - 1e-9 <= found.alpha <= found.high + 1e-9
    for item, r in enumerate(found.item_rest_r):
        if r is not None:
            assert r == pytest.approx(np.corrcoef(table[:, item], total - table[:, item])[0, 1], abs=1e-9)


def test_a_perfect_one_factor_model_gives_its_loadings_and_omega() -> None:
    loadings = np.array([0.9, 0.7, 0.5, 0.3])
    correlations = np.outer(loadings, loadings)
    np.fill_diagonal(correlations, 1)
    found = omega_total(sums_of(correlations, 1001))
    assert found.loadings == pytest.approx(loadings.tolist(), abs=1e-5)
    whole = loadings.sum() ** 2
    assert found.omega == pytest.approx(whole / (whole + (1 - loadings**2).sum()), abs=1e-6)


def test_an_item_that_would_load_above_one_is_held_below() -> None:
    correlations = np.array([[1, 0.9, 0.9], [0.9, 1, 0.7], [0.9, 0.7, 1.0]])
    found = omega_total(sums_of(correlations, 101))
    assert found.loadings[0] == pytest.approx((1 - LEAST) ** 0.5, abs=1e-3)


def test_items_that_determine_each_other_or_are_two_have_no_omega() -> None:
    twins = [[x, x, y] for x in range(1, 5) for y in range(1, 5)]
    assert omega_total(Sums.of(twins)).reason is Reason.NOT_CONVERGED
    assert omega_total(Sums.of([[1, 2], [2, 1]])).reason is Reason.NOT_APPLICABLE


def sums_of(correlations: np.ndarray, n: int) -> Sums:
    """Sums of n persons with exactly these correlations: Gram–Schmidt on fixed noise."""
    noise = np.random.default_rng(4).standard_normal((n, len(correlations)))
    white = np.linalg.qr(noise - noise.mean(axis=0))[0] * np.sqrt(n - 1)
    return Sums.of((white @ np.linalg.cholesky(correlations).T).tolist())


def test_items_without_answers_weigh_nothing_in_the_index() -> None:
    found = weighted_index([8.0, None, 5.5], [(1, 10)] * 3, [2, 5, 2])
    assert found.weights_used == (0.5, 0.0, 0.5)
    assert found.index == pytest.approx(50 * (7 / 9 + 4.5 / 9))
    assert weighted_index([None], [(1, 10)]).reason is Reason.NO_ANSWERS
    assert weighted_index([2.0, 4.0], [(1, 5), (1, 5)]).index == pytest.approx(50)


def test_two_block_weights_are_where_iterated_least_squares_ends() -> None:
    random = np.random.default_rng(8)
    common = random.standard_normal((200, 1))
    table = common + random.standard_normal((200, 5)) * [0.5, 1, 2, 1, 1]
    x, y = stats.zscore(table[:, :3]), stats.zscore(table[:, 3:])
    weight = np.ones(3)
    for _ in range(200):
        weight = x.T @ (y @ (y.T @ (x @ weight)))
        weight /= np.linalg.norm(weight)
    found = two_block_index(Sums.of(table.tolist()), 3, (-5, 5))
    assert found.outer_weights == pytest.approx(weight.tolist(), abs=1e-8)
    assert sum(one or 0 for one in found.index_weights) == pytest.approx(1)


def test_kano_ties_go_to_the_stronger_class_and_intervals_hold_the_figures() -> None:
    table = [[0] * 5 for _ in range(5)]
    table[0][4], table[1][4], table[2][2] = 7, 7, 3  # one-dimensional, must-be, indifferent
    found = kano(table)
    assert (found.category, found.n, found.fong_significant) == ("M", 17, False)
    assert found.better == pytest.approx(7 / 17) and found.worse == pytest.approx(-14 / 17)
    assert found.worse_interval is not None
    assert -1 <= found.worse_interval[0] < -14 / 17 < found.worse_interval[1] <= 0
    assert kano([[0] * 5] * 5).reason is Reason.NO_ANSWERS
