"""Signals that tell of one thing are one event, and the usual baseline is the first half."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.control_charts import Rule, Side, Signal, events, share_charts, usual_baseline


def _signal(rule: Rule, first: int, last: int, side: Side = Side.UP) -> Signal:
    return Signal(rule, first, last, side, last - first + 1)


def test_signals_of_one_side_that_overlap_are_one_event_told_by_the_strongest_rule() -> None:
    found = events(
        [
            _signal(Rule.BEYOND, 9, 9),
            _signal(Rule.RUN, 4, 12),
            _signal(Rule.EWMA, 5, 12),
            _signal(Rule.BEYOND, 2, 2, Side.DOWN),
        ]
    )
    assert [(event.first, event.last, event.side, event.main.rule) for event in found] == [
        (2, 2, Side.DOWN, Rule.BEYOND),
        (4, 12, Side.UP, Rule.RUN),
    ]
    assert [event.likely for event in found] == [False, True]


def test_signals_apart_or_of_the_other_side_stay_apart() -> None:
    found = events(
        [_signal(Rule.BEYOND, 1, 1), _signal(Rule.BEYOND, 5, 5), _signal(Rule.RUN, 4, 12, Side.DOWN)]
    )
    assert len(found) == 3


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(Rule)), st.integers(0, 30), st.integers(0, 9), st.sampled_from(list(Side))
        )
    )
)
def test_every_signal_is_in_exactly_one_event(drawn: list[tuple[Rule, int, int, Side]]) -> None:
    given_ = [_signal(rule, first, first + more, side) for rule, first, more, side in drawn]
    found = events(given_)
    assert sorted(map(repr, given_)) == sorted(repr(one) for event in found for one in event.signals)
    for event in found:
        assert all(event.first <= one.first <= one.last <= event.last for one in event.signals)


@pytest.mark.parametrize(
    ("points", "window"), [(0, None), (11, None), (12, (0, 11)), (20, (0, 11)), (31, (0, 15)), (78, (0, 23))]
)
def test_the_usual_baseline_is_the_first_half_of_12_to_24(
    points: int, window: tuple[int, int] | None
) -> None:
    assert usual_baseline([1.0] * points) == window


def test_gaps_do_not_count_for_the_usual_baseline() -> None:
    assert usual_baseline([None, *[1.0, None] * 12]) == (1, 23)


def test_stable_series_seldom_have_a_likely_change_and_shifted_ones_nearly_always() -> None:
    rng = np.random.default_rng(4)

    def seen(shift: float) -> float:
        found = 0
        for _ in range(100):
            share = np.where(np.arange(52) < 40, 0.8, 0.8 + shift)
            counts = rng.binomial(60, share).tolist()
            (chart,) = share_charts(counts, [60] * 52, (0, 23))
            found += any(event.likely for event in events(chart.signals))
        return found / 100

    assert seen(0.0) < 0.2
    assert seen(0.1) > 0.9
