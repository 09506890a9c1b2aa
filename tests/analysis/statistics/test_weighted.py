"""Weighted figures: with equal weights the plain ones, with others the weighted mean at the effective n."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import METRICS, SENTIMENTS, estimate
from analysis.statistics.weighted import weighted_estimate
from analysis.types import Distribution, Reason, Scale
from tests.analysis.statistics.finite import not_finite
from tests.analysis.statistics.strategies import FIVE, TEN

SCALES = {"csat": FIVE, "mean": FIVE, "mean_100": FIVE, "nps": TEN, "sentiment_balance": SENTIMENTS}


@st.composite
def cells(draw: st.DrawFn, scale: Scale) -> list[tuple[dict[str, int], float]]:
    counts = st.fixed_dictionaries({key: st.integers(0, 40) for key in scale.values})
    return draw(st.lists(st.tuples(counts, st.floats(0, 20)), max_size=5))


@pytest.mark.parametrize("metric", SCALES)
@given(data=st.data())
def test_equal_weights_change_nothing(metric: str, data: st.DataObject) -> None:
    scale = SCALES[metric]
    found = [(counts, 1.0) for counts, _ in data.draw(cells(scale))]
    merged = {key: sum(counts[key] for counts, _ in found) for key in scale.values}
    plain = estimate(metric, Distribution(merged), scale)
    weighted = weighted_estimate(metric, found, scale).estimate
    for name in ("value", "low", "high", "n", "reason"):
        assert getattr(weighted, name) == pytest.approx(getattr(plain, name), abs=1e-6), name


@pytest.mark.parametrize("metric", METRICS)
@given(data=st.data())
def test_wild_weights_give_finite_figures_or_a_reason(metric: str, data: st.DataObject) -> None:
    scale = SCALES.get(metric, FIVE)
    found = weighted_estimate(metric, data.draw(cells(scale)), scale)
    assert not list(not_finite(found))
    assert (found.estimate.value is None) == (found.estimate.reason is not None)


def test_a_heavier_cell_counts_for_more_and_costs_answers() -> None:
    good, bad = {"5": 50, "1": 0}, {"5": 0, "1": 50}
    found = weighted_estimate("csat", [(good, 1.5), (bad, 0.5)], FIVE)
    assert found.estimate.value == pytest.approx(75)
    assert found.effect.deff == pytest.approx(1.25)
    assert found.effect.n_effective == pytest.approx(80)
    assert found.estimate.n == 100


def test_nobody_is_no_figure() -> None:
    assert weighted_estimate("mean", [], FIVE).estimate.reason is Reason.NO_ANSWERS
    assert weighted_estimate("mean", [({"5": 3}, 0.0)], FIVE).estimate.reason is Reason.NO_ANSWERS
