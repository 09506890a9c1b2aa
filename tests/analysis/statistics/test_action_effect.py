"""Whether a registered measure worked: what was planted is found, and nothing else."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.action_effect import Stage, action_effect
from analysis.statistics.attainment import Standing, attainment
from analysis.statistics.metrics import csat
from analysis.statistics.mix import shifts
from analysis.types import Distribution, Reason, Scale, Verdict

SCALE = Scale({"1": 1, "2": 2, "3": 3, "4": 4, "5": 5}, frozenset({"4", "5"}))


def period(share: float, n: int = 60, chance: random.Random | None = None) -> Distribution:
    good = (
        sum((chance or random.Random(1)).random() < share for _ in range(n)) if chance else round(share * n)
    )
    return Distribution({"1": 0, "2": n - good, "3": 0, "4": good, "5": 0})


def series(shares: list[float], seed: int = 1, n: int = 60) -> list[Distribution | None]:
    chance = random.Random(seed)
    return [period(share, n, chance) for share in shares]


def test_a_planted_effect_is_found_in_a_series() -> None:
    found = action_effect(series([0.6] * 16 + [0.8] * 16, n=150), 16, None, "csat", SCALE)
    assert found.stage is Stage.JUDGED
    assert found.comparison and found.comparison.verdict is Verdict.LIKELY_REAL
    low, high = found.comparison.low or 0, found.comparison.high or 0
    assert low < 20 < high


def test_where_nothing_changed_nothing_is_found() -> None:
    verdicts = [
        found.comparison.verdict
        for seed in range(40)
        if (found := action_effect(series([0.7] * 24, seed), 12, None, "csat", SCALE)).comparison
    ]
    assert len(verdicts) == 40
    assert verdicts.count(Verdict.LIKELY_REAL) <= 6  # of a hundred five by chance


def test_enough_answers_without_change_are_no_important_difference() -> None:
    found = action_effect(series([0.7] * 80, n=3000), 40, None, "csat", SCALE)
    assert found.comparison and found.comparison.verdict is Verdict.NO_IMPORTANT_DIFFERENCE


def test_units_beside_remove_a_rise_that_all_had() -> None:
    rise = [0.6] * 16 + [0.8] * 16
    own, beside = series(rise, 1, 150), series(rise, 2, 150)
    alone = action_effect(own, 16, None, "csat", SCALE).comparison
    compared = action_effect(own, 16, beside, "csat", SCALE).comparison
    assert alone and alone.verdict is Verdict.LIKELY_REAL
    assert compared and compared.verdict is not Verdict.LIKELY_REAL


def test_few_periods_with_units_beside_are_judged_by_both_differences() -> None:
    own, beside = series([0.6] * 5 + [0.85] * 5, 1, 200), series([0.6] * 10, 2, 200)
    found = action_effect(own, 5, beside, "csat", SCALE)
    assert found.stage is Stage.JUDGED and found.series is None
    assert found.comparison and found.comparison.method == "difference_in_differences"
    assert found.comparison.verdict is Verdict.LIKELY_REAL
    assert action_effect(own, 5, None, "csat", SCALE).stage is Stage.FEW_BEFORE


@pytest.mark.parametrize(
    ("before", "after", "beside", "stage"),
    [
        (0, 20, False, Stage.NO_BASELINE),
        (0, 20, True, Stage.NO_BASELINE),
        (3, 20, True, Stage.FEW_BEFORE),
        (7, 20, False, Stage.FEW_BEFORE),
        (20, 0, False, Stage.TOO_EARLY),
        (20, 7, False, Stage.TOO_EARLY),
        (20, 3, True, Stage.TOO_EARLY),
        (20, 4, True, Stage.JUDGED),
        (8, 8, False, Stage.JUDGED),
    ],
)
def test_the_stage_follows_from_the_periods_that_can_be_used(
    before: int, after: int, beside: bool, stage: Stage
) -> None:
    own = series([0.6] * (before + after))
    others = series([0.7] * (before + after), 2) if beside else None
    assert action_effect(own, before, others, "csat", SCALE).stage is stage


def test_hidden_periods_on_either_side_are_not_used() -> None:
    own, beside = series([0.6] * 20), series([0.7] * 20, 2)
    own[3] = beside[4] = own[15] = None
    found = action_effect(own, 10, beside, "csat", SCALE)
    assert (found.before, found.after) == (8, 9)


def test_the_same_figure_in_every_period_has_no_interval_and_no_verdict() -> None:
    found = action_effect([period(0.5)] * 20, 10, None, "csat", SCALE).comparison
    assert found and (found.low, found.high, found.reason) == (None, None, Reason.NO_SPREAD)
    assert found.verdict is Verdict.CANNOT_TELL


def test_periods_of_different_number_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        action_effect(series([0.5] * 20), 10, series([0.5] * 19), "csat", SCALE)


COUNTS = st.one_of(st.none(), st.lists(st.integers(0, 5), min_size=5, max_size=5))


@given(st.lists(st.tuples(COUNTS, COUNTS), max_size=24), st.integers(0, 24), st.booleans())
def test_wild_counts_give_no_number_that_is_none(pairs: list, start: int, compared: bool) -> None:
    own, beside = (
        [Distribution(dict(zip("12345", side, strict=True))) if side else None for side in sides]
        for sides in ([a for a, _ in pairs], [b for _, b in pairs])
    )
    for metric in ("csat", "mean", "nps"):
        found = action_effect(own, min(start, len(own)), beside if compared else None, metric, SCALE)
        assert (found.comparison is not None) == (found.stage is Stage.JUDGED)
        for value in (
            (found.comparison.difference, found.comparison.low, found.comparison.high)
            if found.comparison
            else ()
        ):
            assert value is None or math.isfinite(value)


@pytest.mark.parametrize(
    ("target", "at_most", "standing"),
    [
        (60, False, Standing.MET),
        (75, False, Standing.CANNOT_TELL),
        (90, False, Standing.NOT_MET),
        (60, True, Standing.NOT_MET),
        (75, True, Standing.CANNOT_TELL),
        (90, True, Standing.MET),
    ],
)
def test_a_target_is_met_by_the_interval(target: float, at_most: bool, standing: Standing) -> None:
    estimate = csat(period(0.75, 200), SCALE)
    assert estimate.low and 60 < estimate.low < 75
    assert attainment(estimate, target, at_most=at_most) is standing


def test_a_target_just_met_by_the_figure_alone_cannot_be_told() -> None:
    estimate = csat(period(0.75, 200), SCALE)
    assert estimate.value == 75
    assert attainment(estimate, 74.9) is Standing.CANNOT_TELL
    assert attainment(csat(Distribution({}), SCALE), 0) is Standing.CANNOT_TELL


def test_the_largest_shift_of_the_mix_comes_first_and_matters_when_it_is_no_chance() -> None:
    large = shifts({"qr": 30, "sms": 170, "web": 100}, {"qr": 150, "sms": 60, "web": 95}, (300, 305))
    assert [one.key for one in large] == ["qr", "sms", "web"]
    assert [one.important for one in large] == [True, True, False]
    assert not shifts({"qr": 1}, {"qr": 3}, (8, 8))[0].important
    assert shifts({"qr": 0}, {"qr": 0}, (0, 8)) == []
