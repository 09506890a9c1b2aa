"""The same people twice, or on several items: what changed within persons."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import add

from analysis.statistics.adjust import adjust
from analysis.statistics.change import MARGIN, judged, margin_on, no_change
from analysis.statistics.choose import Design, Kind, Method, Tested, choose
from analysis.statistics.compared import Compared
from analysis.statistics.intervals import CONFIDENCE, Interval, scaled
from analysis.statistics.means_compared import MeanTest, changes, paired
from analysis.statistics.metrics import METRICS
from analysis.statistics.metrics.base import check_on_scale
from analysis.statistics.paired_shares import cochran_q, mcnemar, newcombe_paired
from analysis.statistics.sample_size import smallest_shift
from analysis.statistics.sums import Sums
from analysis.types import Distribution, Reason, Scale

Pairs = Mapping[tuple[str, str], int]
"""Persons by their two answers: (before, after)."""


@dataclass(frozen=True, slots=True)
class ItemsCompared:
    """Cochran's Q over all items; of each pair of items (0-based) McNemar's P with Holm's correction."""

    tested: Tested | None
    pairs: Mapping[tuple[int, int], float | None]
    reason: Reason | None = None


def compare_same(
    pairs: Pairs, metric: str, scale: Scale, *, margin: float = MARGIN, confidence: float = CONFIDENCE
) -> Compared:
    """after − before of the people who answered both times.

    Shares: McNemar with Newcombe's interval for pairs; scores and net scores: paired t. Reasons: NOT_APPLICABLE,
    NO_ANSWERS, TOO_FEW. Raises KeyError for an unknown metric and ValueError for an answer that is not on the
    scale or a negative count.
    """
    rule = METRICS[metric]
    if not rule.applies(scale):
        return Compared(no_change(metric, rule.unit, Reason.NOT_APPLICABLE), None, None, 0, 0)
    _check(pairs, scale)
    sums = _sums(pairs, rule.numbers(scale))
    found, changed = paired(sums, confidence), changes(sums)
    if found.difference is None or changed is None:
        return Compared(no_change(metric, rule.unit, Reason.NO_ANSWERS), None, None, 0, 0)
    if rule.kind is Kind.SHARES:
        method, interval, tested = _shares(pairs, rule.numbers(scale), confidence)
    else:
        method, interval = "paired_t", _ends(found)
        choice = choose(Design(rule.kind, same_people=True))
        tested = Tested(choice, found.t, found.df, found.p, found.effect, found.reason)
    limit = margin_on(margin, rule.unit, rule.bounds(scale))
    comparison = judged(found.difference, interval, limit, metric, rule.unit, method, tested.p)
    error = (changed.sd or 0.0) / math.sqrt(sums.n)
    detectable = smallest_shift(error, sums.n - 1, 1 - confidence) if error else None
    return Compared(comparison, tested, detectable, sums.n, sums.n)


def compare_items(answers: Sums) -> ItemsCompared:
    """Which of several items more of the same people say yes to, from the sums of answers 0 or 1.

    Nothing to compare: None with the reason. Everybody alike on all items: P = 1 and no statistic.
    """
    found = cochran_q(answers)
    if found.p is None:
        return ItemsCompared(None, {}, found.reason)
    couples = list(combinations(range(answers.k), 2))
    tests = [_mcnemar(*_changed(answers, i, j)) for i, j in couples]
    holm = adjust([test.p for test in tests]).holm
    if answers.k == 2:
        tested = tests[0]
    else:
        choice = choose(Design(Kind.SHARES, answers.k, same_people=True))
        tested = Tested(choice, found.q, found.df, found.p, None, found.reason)
    return ItemsCompared(tested, dict(zip(couples, holm, strict=True)), found.reason)


def _shares(
    pairs: Pairs, numbers: Mapping[str, float], confidence: float
) -> tuple[str, Interval | None, Tested]:
    cells: Counter[tuple[bool, bool]] = Counter()
    for (before, after), count in pairs.items():
        cells[bool(numbers[before]), bool(numbers[after])] += count
    lost, won = cells[True, False], cells[False, True]
    interval = newcombe_paired(cells[True, True], lost, won, cells[False, False], confidence)
    return "newcombe_paired", scaled(interval, 100) if interval else None, _mcnemar(lost, won)


def _mcnemar(lost: int, won: int) -> Tested:
    test = mcnemar(lost, won)
    choice = choose(Design(Kind.SHARES, same_people=True, changed=lost + won))
    if choice.test is Method.MCNEMAR_MID:
        return Tested(choice, None, None, test.p_mid, None, test.reason)
    return Tested(choice, test.chi2, 1, test.p, None, test.reason)


def _changed(answers: Sums, i: int, j: int) -> tuple[int, int]:
    """How many say yes to i and not to j, and the other way round."""
    both = answers.products[i][j]
    return int(answers.sums[i] - both), int(answers.sums[j] - both)


def _ends(test: MeanTest) -> Interval | None:
    return None if test.low is None or test.high is None else (test.low, test.high)


def _sums(pairs: Pairs, numbers: Mapping[str, float]) -> Sums:
    cells = (Sums.of([(numbers[one], numbers[other])]).times(n) for (one, other), n in pairs.items())
    return reduce(add, cells, Sums.empty(2))


def _check(pairs: Pairs, scale: Scale) -> None:
    for (before, after), count in pairs.items():
        check_on_scale(Distribution({before: count, after: count}), scale)
