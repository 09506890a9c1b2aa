"""Tests of tables of counts: Pearson's chi-square, Yates' correction for comparison, Fisher's exact test."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from analysis.statistics.binomial import SLACK
from analysis.statistics.histograms import check
from analysis.statistics.tails import chi_square_p
from analysis.types import Reason

Table: TypeAlias = Sequence[Sequence[int]]
"""Counts, a row a group and a column an answer."""


@dataclass(frozen=True, slots=True)
class TwoByTwo:
    """Pearson's chi-square plain and with Yates' correction, signed phi, smallest expected count."""

    chi2: float | None
    p: float | None
    chi2_yates: float | None
    p_yates: float | None
    phi: float | None
    min_expected: float | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class ChiSquare:
    """Pearson's chi-square of a table, Cramér's V, and how small the expected counts are."""

    chi2: float | None
    df: int | None
    p: float | None
    cramers_v: float | None
    min_expected: float | None
    share_expected_below_5: float | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Fisher:
    """Two-sided exact P, and the odds ratio of the sample (None where infinite or undefined)."""

    p: float | None
    odds_ratio: float | None
    reason: Reason | None = None


def chi_square_2x2(table: Table) -> TwoByTwo:
    """Two groups, two answers; None where a row or a column is empty. ValueError unless 2 × 2 counts.

    Pearson 1900 (Phil. Mag. 50:157); Yates 1934 (J. R. Stat. Soc. Suppl. 1:217), his ½ never above |O − E|.
    """
    (a, b), (c, d) = _two_by_two(table)
    n, margins = a + b + c + d, (a + b) * (c + d) * (a + c) * (b + d)
    if margins == 0:
        return TwoByTwo(None, None, None, None, None, None, Reason.NO_SPREAD if n else Reason.NO_ANSWERS)
    cross = a * d - b * c
    corrected = max(0, 2 * abs(cross) - n)
    chi2, yates = n * cross * cross / margins, n * corrected * corrected / (4 * margins)
    return TwoByTwo(
        chi2=chi2,
        p=chi_square_p(chi2),
        chi2_yates=yates,
        p_yates=chi_square_p(yates),
        phi=cross / math.sqrt(margins),
        min_expected=min(a + b, c + d) * min(a + c, b + d) / n,
    )


def chi_square(table: Table) -> ChiSquare:
    """Any number of groups and answers; None where a row or a column is empty or there is only one.

    Raises ValueError for rows of different lengths and negative counts.
    Pearson 1900; Cramér 1946; Cochran 1954 (Biometrics 10:417) for the expected counts.
    """
    check(table)
    counts = np.array(table, dtype=float, ndmin=2)
    if 0 in counts.shape or not (counts.sum(axis=0).all() and counts.sum(axis=1).all()):
        reason = Reason.NO_SPREAD if counts.sum() else Reason.NO_ANSWERS
        return ChiSquare(None, None, None, None, None, None, reason)
    least = min(counts.shape) - 1
    if least == 0:
        return ChiSquare(None, None, None, None, None, None, Reason.ONE_GROUP)
    expected = expected_counts(counts)
    chi2 = float(((counts - expected) ** 2 / expected).sum())
    df = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    return ChiSquare(
        chi2=chi2,
        df=df,
        p=chi_square_p(chi2, df),
        cramers_v=math.sqrt(chi2 / (float(counts.sum()) * least)),
        min_expected=float(expected.min()),
        share_expected_below_5=float((expected < 5).mean()),
    )


def expected_counts(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the cells of a filled table would hold if all rows answered alike."""
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    return np.asarray(np.outer(rows / rows.sum(), columns))


def fisher(table: Table) -> Fisher:
    """Two groups, two answers, exactly: P of all tables with these margins no more likely than this one.

    P = 1 where the margins allow one table only; None without answers. ValueError unless 2 × 2 counts.
    Fisher 1935 (J. R. Stat. Soc. 98:39).
    """
    (a, b), (c, d) = _two_by_two(table)
    if a + b + c + d == 0:
        return Fisher(None, None, Reason.NO_ANSWERS)
    return Fisher(_hypergeometric_p(a, a + b, a + c, a + b + c + d), a * d / (b * c) if b * c else None)


def _hypergeometric_p(a: int, row: int, column: int, n: int) -> float:
    """Two-sided P of a, from the ratios of neighbouring probabilities; 0 for a table 40 sd away, of huge ones 9 sd."""
    mean = row * column / n
    sd = math.sqrt(mean * (n - row) * (n - column) / n / max(1, n - 1))
    reach = max(40 * min(sd, 1e4), 9 * sd) + 100 + min(abs(a - mean), 1e6)
    first = max(0, row + column - n, math.floor(mean - reach))
    last = min(row, column, math.ceil(mean + reach))
    if not first <= a <= last:
        return 0.0
    k = np.arange(first, last, dtype=float)
    ratios = np.log((row - k) * (column - k)) - np.log((k + 1) * (n - row - column + k + 1))
    logs = np.concatenate([[0.0], np.cumsum(ratios)])
    weights = np.exp(logs - logs.max())
    return min(1.0, float(weights[weights <= weights[a - first] * SLACK].sum() / weights.sum()))


def _two_by_two(table: Table) -> Table:
    if [len(row) for row in table] != [2, 2]:
        raise ValueError("the table must have two rows and two columns")
    check(table)
    return table
