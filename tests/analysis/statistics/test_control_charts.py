from __future__ import annotations

import numpy as np
import pytest

from analysis.statistics.control_charts import ChartKind, Rule, Side, mean_charts, share_charts
from analysis.statistics.control_charts.chart import chance_of_one
from analysis.statistics.control_charts.limits import D2, laney_p, p_chart, xmr
from analysis.statistics.control_charts.moving import ewma
from analysis.statistics.control_charts.rules import run_rules
from analysis.types import Reason

WOBBLE = [80.0, 81, 79, 80, 82, 78, 80, 81, 79, 80, 79, 81]


def steady(points: int, p: float, n: int, extra: float = 0.0) -> tuple[list[int], list[int]]:
    random = np.random.default_rng(7)
    share = np.clip(p + extra * random.standard_normal(points), 0, 1)
    return random.binomial(n, share).tolist(), [n] * points


def test_each_rule_fires_at_the_points_that_are_in_its_pattern() -> None:
    def fired(values: list[float], name: str) -> tuple[int, ...]:
        return tuple(getattr(run_rules(values, 0.0, 1.0), name))

    assert fired([0, 3.1, 3.0, -3.1], "rule1") == (1, 3)
    assert fired([2.1, 0, 2.1, -2.1, 2.1], "rule2of3") == (2, 4)
    assert fired([1.1, 1.1, 0, 1.1, 1.1, 0.5], "rule4of5") == (4,)
    assert fired([0.1] * 9 + [-0.1], "rule8") == (7, 8)
    assert fired([0.1] * 7 + [0.0] + [0.1] * 7, "rule8") == ()
    assert fired([0, 1, 2, 3, 4, 5, 5], "trend6") == (5,)
    assert fired([5, 4, 3, 2, 1, 0], "trend6") == (5,)


def test_a_missing_point_is_passed_over_and_the_places_stay() -> None:
    values = [None, 0.1, None, *[0.1] * 7]
    assert run_rules(values, 0.0, 1.0).rule8 == (9,)


def test_a_wobbling_series_of_means_gives_no_signal() -> None:
    (chart,) = mean_charts(WOBBLE)
    assert (chart.kind, chart.signals, chart.reason, chart.frozen) == (ChartKind.XMR, (), None, False)
    mean_range = sum(abs(a - b) for a, b in zip(WOBBLE, WOBBLE[1:], strict=False)) / 11
    assert chart.upper[0] == pytest.approx(80 + 3 * mean_range / D2)


def test_a_lasting_shift_is_one_run_from_its_first_point() -> None:
    (chart,) = mean_charts([*WOBBLE, *[82.0, 81.5] * 5], baseline=(0, 11))
    (run,) = [signal for signal in chart.signals if signal.rule is Rule.RUN]
    assert (run.first, run.last, run.side, run.length) == (11, 21, Side.UP, 11)  # the 81 before belongs to it
    assert chart.frozen and chart.baseline == (0, 11)
    assert chart.center == pytest.approx(80)


def test_a_small_lasting_shift_is_seen_by_the_moving_average() -> None:
    (chart,) = mean_charts([*WOBBLE, *[77.5, 78.3] * 6], baseline=(0, 11))
    moving = [signal for signal in chart.signals if signal.rule is Rule.EWMA]
    assert [(one.first, one.last, one.side) for one in moving] == [(12, 23, Side.DOWN)]


def test_limits_of_a_frozen_baseline_do_not_move_with_later_points() -> None:
    (before,) = mean_charts(WOBBLE, baseline=(0, 11))
    (later,) = mean_charts([*WOBBLE, 60.0, 95.0], baseline=(0, 11))
    assert later.upper[:12] == before.upper
    assert [(one.rule, one.first) for one in later.signals if one.rule is Rule.BEYOND] == [
        (Rule.BEYOND, 12),
        (Rule.BEYOND, 13),
    ]


def test_fewer_than_twelve_points_have_no_limits() -> None:
    (chart,) = mean_charts([*WOBBLE[:11], None])
    assert (chart.reason, chart.upper, chart.signals) == (Reason.TOO_FEW, (), ())
    (shares,) = share_charts([5] * 11, [9] * 11)
    assert shares.reason is Reason.TOO_FEW


def test_a_change_of_wording_splits_the_series_and_each_part_has_limits_of_its_own() -> None:
    first, second = mean_charts([*WOBBLE, *(value - 30 for value in WOBBLE)], (0, 11), breaks=[12])
    assert (first.first, first.last, second.first, second.last) == (0, 11, 12, 23)
    assert (first.frozen, second.frozen) == (True, False)
    assert first.center == pytest.approx(80) and second.center == pytest.approx(50)
    assert first.signals == second.signals == ()


def test_signals_after_a_break_have_the_places_of_the_whole_series() -> None:
    _, second = mean_charts([*WOBBLE, *WOBBLE, 99.0], baseline=(12, 23), breaks=[12])
    assert [one.first for one in second.signals if one.rule is Rule.BEYOND] == [24]


def test_binomial_shares_get_a_p_chart_and_overdispersed_ones_laneys() -> None:
    (plain,) = share_charts(*steady(30, 0.8, 200))
    (wide,) = share_charts(*steady(30, 0.8, 5000, extra=0.03))
    assert (plain.kind, wide.kind) == (ChartKind.P, ChartKind.LANEY)
    assert wide.sigma_z is not None and wide.sigma_z > 2
    assert not [one for one in wide.signals if one.rule is Rule.BEYOND]


def test_sigma_z_of_binomial_series_stays_within_its_chance_19_times_of_20() -> None:
    random = np.random.default_rng(3)
    n = [400] * 24
    kept = 0
    for _ in range(400):
        sigma_z = laney_p(random.binomial(400, 0.7, 24).tolist(), n).sigma_z
        assert sigma_z is not None
        kept += chance_of_one(sigma_z, 24)
    assert 0.91 <= kept / 400 <= 0.985


def test_a_share_far_out_is_a_signal_and_weeks_without_answers_leave_a_gap() -> None:
    x, n = steady(20, 0.8, 200)
    x[4], n[4] = 0, 0
    (chart,) = share_charts([*x, 100], [*n, 200], baseline=(0, 19))
    assert (chart.values[4], chart.upper[4]) == (None, None)
    assert (Rule.BEYOND, 20, Side.DOWN) in [(one.rule, one.first, one.side) for one in chart.signals]


def test_a_baseline_of_only_satisfied_persons_says_that_there_is_no_spread() -> None:
    (chart,) = share_charts([9] * 14, [9] * 14)
    assert (chart.reason, chart.center, chart.upper) == (Reason.NO_SPREAD, 1.0, ())


def test_a_constant_series_of_means_gives_no_signal() -> None:
    (chart,) = mean_charts([80.0] * 20)
    assert (chart.signals, chart.upper[0], chart.center) == ((), 80.0, 80.0)


def test_no_points_give_no_chart() -> None:
    assert mean_charts([]) == () == share_charts([], [])
    assert xmr([None]).reason is Reason.NO_ANSWERS
    assert ewma([None], 0.0, 1.0).reason is Reason.NO_ANSWERS


@pytest.mark.parametrize(("x", "n"), [([3], [2]), ([1, 2], [4]), ([-1], [3])])
def test_impossible_counts_are_refused(x: list[int], n: list[int]) -> None:
    with pytest.raises(ValueError):
        p_chart(x, n)
