"""The methods of the reference file on counts and sums: names and unpacking only."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import add
from typing import Any

from analysis.statistics.pair_sums import PairSums

Given = dict[str, Any]


def merge_cells(given: Given) -> Given:
    width = len(next((row for cell in given["raw"] for row in cell), ()))
    empty = PairSums.of([], width)
    sums = reduce(add, (PairSums.of(cell, width) for cell in given["raw"]), empty)
    items = range(width)
    return {
        "n": [sums.n[i][i] for i in items],
        "mean": [sums.mean(i) for i in items],
        "var": [sums.variance(i) for i in items],
        "pair_n": [list(line) for line in sums.n],
        "corr": [[sums.correlation(i, j) for j in items] for i in items],
    }


METHODS: dict[str, Callable[[Given], Given]] = {"merge_cells": merge_cells}
