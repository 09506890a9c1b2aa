"""What holds for every chart: valid for Plotly, silent about hidden groups, safe with any label."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.charts import Figure
from analysis.statistics import hide
from analysis.types import Group, Reason
from analysis.wording import LANGUAGES, chart_text
from tests.analysis.charts.pictures import CHARTS, rated

GROUPS = [
    rated("Ward A", 3, 7, 22, 81, 87),
    rated("Ward B", 1, 0, 0, 3, 8),
    rated("Ward C", 0, 0, 0, 0, 0),
    rated("Ward D", 9, 17, 42, 81, 57),
    rated("Ward E", 0, 0, 0, 0, 12),
]
COUNTS = st.tuples(*[st.integers(0, 60)] * 5)


def walk(part: Any) -> Iterator[Any]:
    if isinstance(part, dict):
        for key, value in part.items():
            yield key
            yield from walk(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from walk(value)
    else:
        yield part


def check(figure: Figure) -> None:
    go.Figure(figure)  # refuses every unknown property and wrong value
    assert json.loads(json.dumps(figure, allow_nan=False)) == figure
    assert "width" not in figure["layout"]


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_every_chart_is_valid_in_every_language(chart: Callable[..., Figure], locale: str) -> None:
    check(chart(GROUPS, chart_text(locale)))


@pytest.mark.parametrize("chart", CHARTS)
@given(counts=st.lists(COUNTS, min_size=1, max_size=6))
@settings(max_examples=20, deadline=None)
def test_every_chart_is_valid_for_any_counts(
    chart: Callable[..., Figure], counts: Sequence[tuple[int, ...]]
) -> None:
    check(chart([rated(f"Ward {index}", *row) for index, row in enumerate(counts)]))


@pytest.mark.parametrize("chart", [chart for chart in CHARTS if chart.__name__ != "choices"])
def test_a_chart_of_no_groups_is_empty_and_valid(chart: Callable[..., Figure]) -> None:
    check(chart([]))


def hidden_three_ways(group: Group) -> list[Group]:
    """As `hide` makes it, and as a careless caller might: the counts or the n still there."""
    estimate = replace(group.estimate, value=None, low=None, high=None, reason=Reason.SUPPRESSED)
    return [hide(group), replace(group, estimate=estimate), replace(hide(group), estimate=estimate)]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_hidden_group_leaves_no_trace_of_its_answers(chart: Callable[..., Figure]) -> None:
    small, other = rated("Ward X", 1, 0, 2, 3, 1), rated("Ward X", 0, 5, 0, 0, 4)
    shown = GROUPS[:1]
    first = [chart([group, *shown]) for group in hidden_three_ways(small)]
    second = [chart([group, *shown]) for group in hidden_three_ways(other)]
    assert first == second
    leaves = [str(leaf) for leaf in walk(first[0])]
    assert not any(re.search(r"\b7 answers|57\.1|28\.5", leaf) for leaf in leaves)


@pytest.mark.parametrize("chart", CHARTS)
def test_labels_of_users_are_text_and_never_markup(chart: Callable[..., Figure]) -> None:
    evil = '<a href="javascript:alert(1)">x</a><b>&lt; %{x}'
    figure = chart([rated(evil, 3, 7, 22, 81, 87, key="k"), rated(evil, 3, 7, 22, 81, 87, key="l")])
    check(figure)
    for leaf in walk(figure):
        if isinstance(leaf, str):
            assert set(re.findall(r"<[^>]*>", leaf)) <= {"<br>"}
            assert "&lt;a" in leaf or "javascript" not in leaf
    assert not any(key in ("hovertemplate", "texttemplate") for key in walk(figure))


def test_plotly_is_not_imported_to_make_figures() -> None:
    asked = "import sys, analysis.charts, analysis.wording; print('plotly' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
