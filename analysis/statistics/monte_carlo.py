"""P of a table by drawing tables with the same margins: where expected counts are too small for chi-square."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.statistics.binomial import SLACK
from analysis.statistics.tables import Table, chi_square, expected_counts

DRAWS = 9_999
SEED = 20_261_121
"""The same counts give the same P, whoever asks and whenever."""
MOST = 10**9
"""NumPy draws from fewer persons than this."""


def monte_carlo_p(table: Table, draws: int = DRAWS) -> float | None:
    """Share of tables with these margins, this one included, whose chi-square is at least as large.

    None where chi-square is (an empty row or column, a single one) and from a thousand million persons on.
    Raises ValueError for rows of different lengths and negative counts. Hope 1968 (J. R. Stat. Soc. B 30:582).
    """
    observed = chi_square(table).chi2
    if observed is None or sum(map(sum, table)) >= MOST:
        return None
    counts = np.array(table, dtype=np.int64)
    expected = expected_counts(counts.astype(float))
    found = np.zeros(draws)
    for (i, j), cell in _drawn(counts, draws):
        found += (cell - expected[i, j]) ** 2 / expected[i, j]
    return float((1 + (found * SLACK >= observed).sum()) / (draws + 1))


def _drawn(counts: NDArray[np.int64], draws: int) -> list[tuple[tuple[int, int], NDArray[np.int64]]]:
    """Each cell's count in all the tables drawn: column by column, row by row, from what is left of both."""
    random = np.random.default_rng(SEED)
    rows, columns = counts.shape
    left = np.repeat(counts.sum(axis=1)[:, None], draws, axis=1)
    cells = []
    for j in range(columns):
        wanted = np.full(draws, counts[:, j].sum())
        for i in range(rows):
            others = left[i + 1 :].sum(axis=0)
            cell = random.hypergeometric(left[i], others, wanted)
            left[i] -= cell
            wanted -= cell
            cells.append(((i, j), cell))
    return cells
