"""Several groups of different people compared: one test over all first, then the pairs with Holm's correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from analysis.statistics.adjust import adjust
from analysis.statistics.change import MARGIN, difference
from analysis.statistics.choose import Choice, Design, Kind, Method, Tested, choose
from analysis.statistics.compared import levels
from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.metrics import METRICS
from analysis.statistics.monte_carlo import monte_carlo_p
from analysis.statistics.ranks import kruskal_wallis
from analysis.statistics.shares_in_order import cochran_armitage
from analysis.statistics.tables import chi_square
from analysis.types import Comparison, Distribution, Reason, Scale, Verdict

MOST_PAIRED = 50
"""With more groups no pairs are compared: a funnel shows them better."""


@dataclass(frozen=True, slots=True)
class Pair:
    """first − second of two groups; the verdict allows for how many pairs were compared."""

    first: str
    second: str
    comparison: Comparison
    p_holm: float | None


@dataclass(frozen=True, slots=True)
class GroupsCompared:
    """The test over all groups with answers, and the pairs where the choice has them; `reason` says why not."""

    tested: Tested | None
    groups: int
    pairs: tuple[Pair, ...] = ()
    reason: Reason | None = None


def compare_groups(
    groups: Mapping[str, Distribution],
    metric: str,
    scale: Scale,
    *,
    ordered: bool = False,
    margin: float = MARGIN,
    confidence: float = CONFIDENCE,
) -> GroupsCompared:
    """All groups by the rule of choice; `ordered` says that their order means something (months, ages).

    Groups without answers do not count. Raises KeyError for an unknown metric and ValueError for an answer
    that is not on the scale.
    """
    rule = METRICS[metric]
    if not rule.applies(scale) or any(group.answered is not None for group in groups.values()):
        return GroupsCompared(None, 0, reason=Reason.NOT_APPLICABLE)
    filled = {key: group for key, group in groups.items() if group.n}
    if len(filled) < 2:
        return GroupsCompared(None, len(filled), reason=Reason.ONE_GROUP if filled else Reason.NO_ANSWERS)
    pairs = _pairs(filled, metric, scale, margin, confidence) if len(filled) <= MOST_PAIRED else ()
    if len(filled) == 2:
        first, second = filled.values()
        contrast = rule.compare(first, second, scale, confidence)
        return GroupsCompared(contrast.test if contrast else None, 2, pairs)
    tested = over_all([levels(rule, group, scale) for group in filled.values()], rule.kind, ordered=ordered)
    return GroupsCompared(tested, len(filled), pairs if tested.choice.pairs else (), tested.reason)


def over_all(table: Sequence[Sequence[int]], kind: Kind, *, ordered: bool = False) -> Tested:
    """Three groups or more, each with answers; a column a level, the worst first.

    Only the choice and a reason where everybody answered alike.
    """
    plain = chi_square(table) if kind is Kind.SHARES else None
    choice = choose(
        Design(kind, len(table), ordered=ordered, min_expected=plain.min_expected if plain else None)
    )
    if plain is None:
        ranks = kruskal_wallis(table)
        return Tested(choice, ranks.h, ranks.df, ranks.p, ranks.epsilon2, ranks.reason)
    if choice.test is Method.COCHRAN_ARMITAGE:
        return _trend(choice, table)
    drawn = monte_carlo_p(table) if choice.test is Method.MONTE_CARLO else None
    p, df = (plain.p, plain.df) if drawn is None else (drawn, None)
    return Tested(choice, plain.chi2, df, p, plain.cramers_v, plain.reason)


def _trend(choice: Choice, table: Sequence[Sequence[int]]) -> Tested:
    trend = cochran_armitage([row[-1] for row in table], [sum(row) for row in table])
    return Tested(choice, trend.z, None, trend.p, None, trend.reason)


def _pairs(
    groups: Mapping[str, Distribution], metric: str, scale: Scale, margin: float, confidence: float
) -> tuple[Pair, ...]:
    couples = list(combinations(groups, 2))
    found = [
        difference(groups[one], groups[other], metric, scale, margin=margin, confidence=confidence)
        for one, other in couples
    ]
    holm = adjust([comparison.p for comparison in found]).holm
    return tuple(
        Pair(one, other, _allowing(comparison, p, 1 - confidence), p)
        for (one, other), comparison, p in zip(couples, found, holm, strict=True)
    )


def _allowing(comparison: Comparison, p_holm: float | None, alpha: float) -> Comparison:
    """Likely real only if it stays so among all the pairs."""
    if comparison.verdict is Verdict.LIKELY_REAL and (p_holm is None or p_holm >= alpha):
        return replace(comparison, verdict=Verdict.CANNOT_TELL)
    return comparison
