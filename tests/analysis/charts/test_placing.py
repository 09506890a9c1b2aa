"""Numbers of alike points: no two boxes overlap, at any width from a phone's on."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.charts import kano_map, quadrant
from analysis.charts.placing import DOT, NARROW, SIDE, Spot, apart
from analysis.statistics.importance import Measured, quadrants
from analysis.statistics.kano import kano
from analysis.wording import chart_text

SHARE = st.floats(0, 1)
WIDTHS = (NARROW[0], 300.0, 700.0, 1200.0)


def overlaps(spots: list[Spot], width: float, height: float) -> list[tuple[int, int]]:
    boxes = [(x * width, y * height) for x, y in spots]
    return [
        (i, j)
        for (i, one), (j, two) in combinations(enumerate(boxes), 2)
        if abs(one[0] - two[0]) < SIDE - 1e-6 and abs(one[1] - two[1]) < SIDE - 1e-6
    ]


@given(points=st.lists(st.tuples(SHARE, SHARE), max_size=30))
@settings(max_examples=60, deadline=None)
def test_no_two_labels_overlap_wherever_the_points_lie(points: list[Spot]) -> None:
    found = apart(points)
    assert all(not overlaps(found, width, NARROW[1]) for width in WIDTHS)


def test_twelve_points_at_one_place_have_twelve_labels_beside_it() -> None:
    found = apart([(0.5, 0.5)] * 12)
    assert not overlaps(found, *NARROW)
    reach = SIDE / 2 + DOT - 1e-6
    for x, y in found:
        assert abs(x - 0.5) * NARROW[0] >= reach or abs(y - 0.5) * NARROW[1] >= reach


def test_a_label_of_a_point_that_is_alone_stays_on_it() -> None:
    points = [(0.1, 0.2), (0.5, 0.5), (0.9, 0.9)]
    for own, label in zip(points, apart(points), strict=True):
        assert label == pytest.approx(own)


def alike(step: float) -> list[Measured]:
    return [Measured(70 + step * n, (68 + step * n, 72 + step * n)) for n in range(12)]


@pytest.mark.parametrize("step", [0.0, 0.01, 0.2, 1.0])
def test_twelve_alike_items_have_numbers_that_do_not_overlap(step: float) -> None:
    importance = [Measured(0.5 + step * n / 100, (0.4, 0.9)) for n in range(12)]
    figure = quadrant([f"Item {n}" for n in range(12)], quadrants(importance, alike(step)), chart_text("en"))
    axes = [figure["layout"][axis]["range"] for axis in ("xaxis", "yaxis")]
    numbers = [trace for trace in figure["data"] if trace["mode"] == "markers+text"]
    assert [trace["text"][0] for trace in numbers] == [str(n) for n in range(1, 13)]
    spots = [
        tuple((trace[way][0] - low) / (high - low) for way, (low, high) in zip("xy", axes, strict=True))
        for trace in numbers
    ]
    for width in WIDTHS:
        assert not overlaps(spots, width, NARROW[1])  # type: ignore[arg-type]
    assert [trace["name"] for trace in numbers] == [f"{n + 1} Item {n}" for n in range(12)]


def test_twelve_alike_features_of_kano_s_map_have_numbers_that_do_not_overlap() -> None:
    figure = kano_map([(f"Feature {n}", kano([[1] * 5] * 5)) for n in range(12)], chart_text("en"))
    numbers = [trace for trace in figure["data"] if trace["mode"] == "markers+text"]
    assert len(numbers) == 12
    spots = [(trace["x"][0], trace["y"][0]) for trace in numbers]
    assert all(not overlaps(spots, width, NARROW[1]) for width in WIDTHS)
