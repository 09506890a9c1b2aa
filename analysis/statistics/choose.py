"""Which test when: chosen from the design and the sizes alone, before the result is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analysis.types import Reason

LEAST_EXPECTED = 5
"""Below this expected count chi-square gives way to an exact test (Cochran 1954, Biometrics 10:417)."""
SHORT_SCALE = 7
"""On scales of so many points or fewer ranks are shown beside means."""
LEAST_CHANGED = 25
"""With fewer people who changed McNemar's P is the mid-P (Fagerland 2013, BMC Med. Res. Methodol. 13:91)."""


class Kind(StrEnum):
    """What is compared."""

    SHARES = "shares"
    SCORES = "scores"
    NET = "net"  # promoters − detractors, positive − negative


class Method(StrEnum):
    CHI_SQUARE = "chi_square"
    FISHER = "fisher"
    MONTE_CARLO = "monte_carlo"
    WELCH = "welch"
    MANN_WHITNEY = "mann_whitney"
    NET_Z = "net_z"
    KRUSKAL_WALLIS = "kruskal_wallis"
    COCHRAN_ARMITAGE = "cochran_armitage"
    MCNEMAR = "mcnemar"
    MCNEMAR_MID = "mcnemar_mid"
    PAIRED_T = "paired_t"
    COCHRAN_Q = "cochran_q"
    INTERRUPTED_SERIES = "interrupted_series"


class Why(StrEnum):
    """The reason of a choice; `analysis.wording` has the sentences."""

    DATE_OF_CHANGE = "date_of_change"
    SAME_PEOPLE_SHARES = "same_people_shares"
    SAME_PEOPLE_FEW_CHANGED = "same_people_few_changed"
    SAME_PEOPLE_SCORES = "same_people_scores"
    SAME_PEOPLE_ITEMS = "same_people_items"
    TWO_SHARES = "two_shares"
    TWO_SHARES_SMALL = "two_shares_small"
    TWO_SCORES = "two_scores"
    TWO_NET = "two_net"
    GROUPS_SHARES = "groups_shares"
    GROUPS_SHARES_SMALL = "groups_shares_small"
    GROUPS_SCORES = "groups_scores"
    ORDERED_SHARES = "ordered_shares"


@dataclass(frozen=True, slots=True)
class Design:
    """What is known before the answers are compared.

    `groups` counts groups of different people, or items or times of the same; `min_expected` is the smallest
    count expected if all groups were alike (from the margins), `changed` how many of the same people changed.
    """

    kind: Kind
    groups: int = 2
    same_people: bool = False
    ordered: bool = False
    date_of_change: bool = False
    points: int | None = None  # of the scale
    min_expected: float | None = None
    changed: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The test, why, the test shown beside it, and whether pairs follow with Holm's correction."""

    test: Method
    why: Why
    beside: Method | None = None
    pairs: bool = False


@dataclass(frozen=True, slots=True)
class Tested:
    """What the chosen test says: statistic, degrees of freedom, P, and the size of the effect.

    `effect`: Cohen's h of shares, Hedges' g of scores, dz of the same people, Cramér's V or epsilon² of several groups.
    """

    choice: Choice
    statistic: float | None
    df: float | None
    p: float | None
    effect: float | None = None
    reason: Reason | None = None


def choose(design: Design) -> Choice:
    """The test for the design. Raises ValueError for fewer than two groups, unless there is a date of change."""
    if design.date_of_change:
        return Choice(Method.INTERRUPTED_SERIES, Why.DATE_OF_CHANGE)
    if design.groups < 2:
        raise ValueError("a comparison needs two groups")
    if design.same_people:
        return _same_people(design)
    return _two(design) if design.groups == 2 else _several(design)


def _same_people(design: Design) -> Choice:
    several = design.groups > 2
    if design.kind is not Kind.SHARES:
        return Choice(Method.PAIRED_T, Why.SAME_PEOPLE_SCORES, pairs=several)
    if several:
        return Choice(Method.COCHRAN_Q, Why.SAME_PEOPLE_ITEMS, pairs=True)
    if design.changed is not None and design.changed < LEAST_CHANGED:
        return Choice(Method.MCNEMAR_MID, Why.SAME_PEOPLE_FEW_CHANGED)
    return Choice(Method.MCNEMAR, Why.SAME_PEOPLE_SHARES)


def _two(design: Design) -> Choice:
    if design.kind is Kind.SCORES:
        short = design.points is not None and design.points <= SHORT_SCALE
        return Choice(Method.WELCH, Why.TWO_SCORES, Method.MANN_WHITNEY if short else None)
    if design.kind is Kind.NET:
        return Choice(Method.NET_Z, Why.TWO_NET)
    if _small(design):
        return Choice(Method.FISHER, Why.TWO_SHARES_SMALL)
    return Choice(Method.CHI_SQUARE, Why.TWO_SHARES)


def _several(design: Design) -> Choice:
    if design.kind is not Kind.SHARES:
        return Choice(Method.KRUSKAL_WALLIS, Why.GROUPS_SCORES, pairs=True)
    if design.ordered:
        return Choice(Method.COCHRAN_ARMITAGE, Why.ORDERED_SHARES)
    if _small(design):
        return Choice(Method.MONTE_CARLO, Why.GROUPS_SHARES_SMALL, pairs=True)
    return Choice(Method.CHI_SQUARE, Why.GROUPS_SHARES, pairs=True)


def _small(design: Design) -> bool:
    return design.min_expected is not None and design.min_expected < LEAST_EXPECTED
