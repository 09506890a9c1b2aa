from __future__ import annotations

import re

import pytest

from analysis.charts.difference import Difference, differences
from analysis.charts.sides import two_sides
from analysis.statistics import difference, hide
from analysis.types import Comparison, Distribution, Reason, Unit, Verdict
from analysis.wording import LANGUAGES, chart_text
from tests.analysis.charts.pictures import rated
from tests.analysis.charts.test_all_charts import check, walk
from tests.analysis.statistics.strategies import FIVE


def _compared(yes: int, no: int) -> Comparison:
    base = Distribution({"1": 50, "2": 0, "3": 0, "4": 0, "5": 50})
    return difference(Distribution({"1": no, "2": 0, "3": 0, "4": 0, "5": yes}), base, "csat", FIVE)


def _drawn(*rows: Difference) -> dict[str, object]:
    return differences(rows, margin=5.0, title="points", unimportant="unimportant")


def test_what_is_likely_real_is_filled_and_the_rest_hollow() -> None:
    figure = _drawn(Difference("a", _compared(90, 10), "far"), Difference("b", _compared(52, 48), "near"))
    check(figure)
    band, real, other = figure["data"]  # type: ignore[misc]
    assert (real["y"], other["y"]) == ([0], [1])
    assert "symbol" not in real["marker"] and other["marker"]["symbol"] == "circle-open"
    assert (min(band["x"]), max(band["x"])) == (-5.0, 5.0)
    low, high = figure["layout"]["xaxis"]["range"]  # type: ignore[index]
    assert low < 0 < high


def test_a_row_without_interval_or_difference_is_no_error() -> None:
    lone = Comparison(3.0, None, None, Unit.PERCENT, Verdict.CANNOT_TELL, "newcombe", reason=Reason.TOO_FEW)
    none = Comparison(None, None, None, Unit.PERCENT, Verdict.CANNOT_TELL, "none", reason=Reason.NO_ANSWERS)
    figure = _drawn(Difference("a", lone, ""), Difference("b", none, ""))
    check(figure)
    assert figure["data"][2]["x"] == [3.0]  # type: ignore[index]
    check(_drawn())


@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_two_sides_are_drawn_with_shapes_of_their_own_and_nothing_hidden(locale: str) -> None:
    rows, small = [rated("Ward A", 3, 7, 22, 81, 87)], hide(rated("Ward B", 1, 0, 2, 3, 1))
    figure = two_sides([*rows, small], [small, *rows], ("<b>x", "y"), chart_text(locale), title="%")
    check(figure)
    assert [len(trace["x"]) for trace in figure["data"]] == [1, 1]
    assert len({trace["marker"]["symbol"] for trace in figure["data"]}) == 2
    assert not any(re.search("<b>", str(leaf)) for leaf in walk(figure))
    check(two_sides([], [], ("x", "y"), chart_text(locale), title="%"))
