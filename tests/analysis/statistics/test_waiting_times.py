"""Times of which some are not over: against SciPy's curve, a published example and tables of order statistics."""

from __future__ import annotations

import math
import warnings

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics.waiting_times import Wait, exact_ranks, quantile
from analysis.types import Reason

TIMES = st.lists(st.floats(0, 1000), min_size=1, max_size=60)
WAITS = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=4, max_size=60)
# Miller 1981, table 3.1: weeks of remission with maintenance; 0: not over
MAINTAINED = [
    (9, 1),
    (13, 1),
    (13, 0),
    (18, 1),
    (23, 1),
    (28, 0),
    (31, 1),
    (34, 1),
    (45, 0),
    (48, 1),
    (161, 0),
]


@pytest.mark.parametrize(
    ("n", "ranks"),
    [(5, (None, None)), (6, (1, 6)), (10, (2, 9)), (20, (6, 15)), (25, (8, 18)), (50, (18, 33))],
)
def test_ranks_of_the_median_are_those_of_the_tables(n: int, ranks: tuple[int, int]) -> None:
    """Conover 1999, table A3; for n = 5 even the outermost two hold it with 94% only."""
    assert exact_ranks(n, 0.5) == ranks


def test_the_median_of_a_published_example() -> None:
    found = quantile([Wait(time, bool(over)) for time, over in MAINTAINED], 0.5)
    assert (found.value, found.high) == (31, None)
    assert (found.n, found.over) == (11, 7)


@given(WAITS)
def test_the_interval_of_censored_times_is_where_scipys_bands_cross(waits: list[tuple[int, bool]]) -> None:
    over, going = [t for t, o in waits if o], [t for t, o in waits if not o]
    assume(over and going)
    found = quantile([Wait(t, o) for t, o in waits], 0.5)
    curve = stats.ecdf(stats.CensoredData(uncensored=over, right=going)).sf
    with warnings.catch_warnings(action="ignore"):
        bands = curve.confidence_interval(0.95, method="log-log")
    assume(not all(math.isnan(share) for share in bands.low.probabilities))  # falls to nought at once
    at = curve.quantiles
    assert found.low == next(
        (t for t, s in zip(at, bands.low.probabilities, strict=True) if s <= 0.5 + 1e-9), None
    )
    assert found.high == next(
        (t for t, s in zip(at, bands.high.probabilities, strict=True) if s <= 0.5 + 1e-9), None
    )


def test_times_that_are_not_over_make_it_longer_never_shorter() -> None:
    over = [Wait(t) for t in (1, 2, 3, 4, 5)]
    known, all_ = quantile(over, 0.5), quantile([*over, Wait(10, over=False), Wait(12, over=False)], 0.5)
    assert known.value is not None and all_.value is not None
    assert known.value < all_.value


def test_nothing_is_said_where_too_little_is_over() -> None:
    found = quantile([Wait(1), *[Wait(5, over=False)] * 9], 0.5)
    assert (found.value, found.reason) == (None, Reason.TOO_FEW)
    assert quantile([], 0.5).reason is Reason.NO_ANSWERS


@given(TIMES, st.sampled_from([0.25, 0.5, 0.9]))
def test_the_interval_holds_the_value_and_the_value_is_between_the_times(
    times: list[float], share: float
) -> None:
    found = quantile(map(Wait, times), share)
    assert found.value is not None
    assert min(times) <= found.value <= max(times)
    assert found.low is None or found.low <= found.value
    assert found.high is None or found.value <= found.high


@given(TIMES, st.floats(0.1, 10))
def test_in_another_unit_everything_is_as_many_times_as_large(times: list[float], factor: float) -> None:
    one, other = quantile(map(Wait, times), 0.5), quantile([Wait(t * factor) for t in times], 0.5)
    assert one.value is not None
    assert other.value == pytest.approx(one.value * factor)


@pytest.mark.parametrize("times", [[-1.0], [float("inf")], [float("nan")]])
def test_impossible_times_are_refused(times: list[float]) -> None:
    with pytest.raises(ValueError, match="finite"):
        quantile(map(Wait, times), 0.5)
