"""Whatever is counted, nothing raises and every number can be shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import METRICS
from analysis.statistics.compared import compare
from analysis.statistics.compared_groups import compare_groups
from analysis.statistics.compared_same import compare_same
from analysis.statistics.paired_shares import mcnemar, newcombe_paired
from analysis.statistics.proportion import agresti_coull, clopper_pearson, newcombe, wilson
from analysis.statistics.ranks import kruskal_wallis, mann_whitney
from analysis.statistics.rates import poisson_rate, poisson_ratio
from analysis.statistics.shares_compared import share_effect, shares_test
from analysis.statistics.shares_in_order import cochran_armitage
from analysis.statistics.strata import mantel_haenszel
from analysis.statistics.tables import chi_square, chi_square_2x2, fisher
from analysis.types import Distribution
from tests.analysis.statistics.strategies import METRIC_SCALES, finite

COUNT = st.one_of(st.just(0), st.integers(0, 2), st.integers(0, 300), st.integers(0, 10**12))
TWO = st.lists(st.lists(COUNT, min_size=2, max_size=2), min_size=2, max_size=2)
HISTOGRAMS = st.lists(st.lists(COUNT, min_size=4, max_size=4), max_size=4)


@given(TWO)
def test_two_groups_and_two_answers(table: list[list[int]]) -> None:
    (x1, rest1), (x2, rest2) = table
    shares = x1, x1 + rest1, x2, x2 + rest2
    found = [test(table) for test in (chi_square_2x2, fisher, chi_square)]
    assert finite([*found, mantel_haenszel([table, table]), shares_test(*shares), share_effect(*shares)])
    assert finite([newcombe(*shares), newcombe_paired(x1, rest1, x2, rest2), mcnemar(x1, x2)])
    assert finite([interval(x1, x1 + rest1) for interval in (wilson, clopper_pearson, agresti_coull)])


@given(HISTOGRAMS)
def test_several_groups_on_a_scale(groups: list[list[int]]) -> None:
    assert finite([kruskal_wallis(groups), chi_square(groups)])
    assert finite([mann_whitney(one, other) for one in groups for other in groups])
    assert finite(cochran_armitage([group[0] for group in groups], [sum(group) for group in groups]))


@given(COUNT, COUNT, st.sampled_from([0.0, 0.001, 3.5, 1e6]), st.sampled_from([0.0, 0.001, 3.5, 1e6]))
def test_events_in_any_time(first: int, second: int, time1: float, time2: float) -> None:
    assert finite([poisson_rate(first, time1), poisson_ratio(first, time1, second, time2)])


@given(st.sampled_from(sorted(METRICS)), st.data())
def test_distributions_of_every_metric(name: str, data: st.DataObject) -> None:
    scale = METRIC_SCALES[name]
    drawn = st.fixed_dictionaries(dict.fromkeys(scale.values, COUNT)).map(Distribution)
    groups = data.draw(st.lists(drawn, min_size=2, max_size=4))
    assert finite(compare(groups[0], groups[1], name, scale))
    assert finite(compare_groups({str(place): group for place, group in enumerate(groups)}, name, scale))
    value = st.sampled_from(list(scale.values))
    assert finite(compare_same(data.draw(st.dictionaries(st.tuples(value, value), COUNT)), name, scale))
