from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.published import grim, sd_within_range

ANSWERS = st.lists(st.integers(1, 10), min_size=2, max_size=30)


@given(ANSWERS, st.integers(0, 4), st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]), st.booleans())
def test_a_figure_that_was_computed_is_never_called_impossible(
    answers: list[int], places: int, rounding: str, percent: bool
) -> None:
    n, total = len(answers), min(answers) if percent else sum(answers)
    total = min(total, n) if percent else total
    quotient = Decimal(total) * (100 if percent else 1) / Decimal(n)
    found = grim(str(quotient.quantize(Decimal(1).scaleb(-places), rounding)), n, percent=percent)
    assert found.consistent and total in found.possible_totals


def test_figures_of_the_reports_that_cannot_be() -> None:
    assert grim("88.72", 24, percent=True).consistent is False
    assert sd_within_range(6.50, 0.25, 50, 3, 10).range_ok is False
    assert grim("101", 300, percent=True).consistent is False


@given(ANSWERS)
def test_a_sample_that_exists_keeps_both_bounds(answers: list[int]) -> None:
    mean, sd = float(np.mean(answers)), float(np.std(answers, ddof=1))
    found = sd_within_range(mean, sd, len(answers), min(answers), max(answers))
    assert found.range_ok and found.sd_ok


def test_a_mean_outside_its_range_allows_no_spread() -> None:
    found = sd_within_range(11, 1, 5, 0, 10)
    assert (found.max_sd, found.sd_ok) == (None, False)


def test_too_few_to_check_have_no_answer() -> None:
    assert grim("4.0", 0).consistent is None
    assert sd_within_range(5, 1, 1, 0, 10).sd_ok is None


@pytest.mark.parametrize("printed", ["", "four", "nan", "inf", "1e999999999", "1,5"])
def test_what_is_not_a_number_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match="number|places"):
        grim(printed, 20)


def test_impossible_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="item"):
        grim("3.4", 20, 0)
    with pytest.raises(ValueError, match="negative"):
        sd_within_range(5, -1, 20, 0, 10)
