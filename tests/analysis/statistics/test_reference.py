"""The figures agree with the reference values (R and Python) in tests/analysis/stats_reference.json."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.statistics import SENTIMENTS, ces, csat, mean, nps, sentiment_balance, suppress
from analysis.statistics.balance import Parts, net_difference_p, net_error, net_score
from analysis.statistics.metrics.average import Mean100
from analysis.statistics.moments import Moments, moments, t_interval, welch
from analysis.statistics.proportion import newcombe, wilson
from analysis.types import Distribution, Scale

CASES = json.loads((Path(__file__).parents[1] / "stats_reference.json").read_text(encoding="utf-8"))["cases"]


def on(counts: list[int], ends: list[int], top: int = 1) -> tuple[Distribution, Scale]:
    keys = [str(number) for number in range(ends[0], ends[1] + 1)]
    scale = Scale({key: float(key) for key in keys}, frozenset(keys[-top:]))
    return Distribution(dict(zip(keys, counts, strict=True))), scale


def csat_topbox(given: dict[str, Any]) -> dict[str, Any]:
    figure = csat(*on(given["counts"], given["scale"], given["top_k"]), given["conf"])
    low, high = figure.low, figure.high
    return {
        "n": figure.n,
        "pct": figure.value,
        "lo": None if low is None else low / 100,
        "hi": None if high is None else high / 100,
    }


def mean_score(given: dict[str, Any]) -> dict[str, Any]:
    distribution, scale = on(given["counts"], given["scale"])
    figure = mean(distribution, scale, given["conf"])
    sample = moments(distribution.counts, scale.values)
    assert sample is not None
    return {
        "n": figure.n,
        "mean": figure.value,
        "var": sample.variance,
        "lo": figure.low,
        "hi": figure.high,
    }


def rescale(given: dict[str, Any]) -> dict[str, Any]:
    low, high = (float(end) for end in given["scale"])
    numbers = Mean100().numbers(
        Scale({"low": low, "high": high, "is": given["mean"]}, reverse=given["reverse"])
    )
    return {"score": numbers["is"]}


def net(given: dict[str, Any], parts: Parts, low: float | None, high: float | None) -> dict[str, Any]:
    return {"n": parts.n, "score": net_score(parts), "se": net_error(parts), "adj_lo": low, "adj_hi": high}


def nps_score(given: dict[str, Any]) -> dict[str, Any]:
    distribution, scale = on(given["counts"], [0, 10])
    figure, parts = nps(distribution, scale, given["conf"]), nps.parts(distribution, scale)
    split = {"promoters": parts.up, "passives": parts.middle, "detractors": parts.down}
    return split | net(given, parts, figure.low, figure.high)


def nps_difference(given: dict[str, Any]) -> dict[str, Any]:
    first, second = (nps.parts(*on(given[key], [0, 10])) for key in ("counts1", "counts2"))
    difference = (net_score(first) or 0) - (net_score(second) or 0)
    error = math.hypot(net_error(first) or 0, net_error(second) or 0)
    return {"diff": difference, "se": error, "z": difference / error, "p": net_difference_p(first, second)}


def effort(given: dict[str, Any]) -> dict[str, Any]:
    distribution, scale = on(given["counts"], [1, 7], top=3)
    return {
        "n": distribution.n,
        "mean": ces(distribution, scale).value,
        "pct_easy": csat(distribution, scale).value,
    }


def net_sentiment(given: dict[str, Any]) -> dict[str, Any]:
    distribution = Distribution({key: given[key] for key in SENTIMENTS.values})
    figure = sentiment_balance(distribution, SENTIMENTS, given["conf"])
    assert figure.value == net_score(sentiment_balance.parts(distribution, SENTIMENTS))
    return net(given, sentiment_balance.parts(distribution, SENTIMENTS), figure.low, figure.high)


def wilson_interval(given: dict[str, Any]) -> dict[str, Any]:
    low, high = wilson(given["x"], given["n"], given["conf"]) or (None, None)
    return {"lo": low, "hi": high}


def newcombe_interval(given: dict[str, Any]) -> dict[str, Any]:
    low, high = newcombe(given["x1"], given["n1"], given["x2"], given["n2"], given["conf"]) or (None, None)
    return {"lo": low, "hi": high}


def sample(given: dict[str, Any], which: int) -> Moments:
    if f"hist{which}" not in given:
        return Moments(given[f"n{which}"], given[f"m{which}"], given[f"s{which}"] ** 2)
    distribution, scale = on(given[f"hist{which}"], given["scale"])
    found = moments(distribution.counts, scale.values)
    assert found is not None
    return found


def welch_test(given: dict[str, Any]) -> dict[str, Any]:
    test = welch(sample(given, 1), sample(given, 2))
    assert test is not None
    return {
        "diff": test.difference,
        "t": test.t,
        "df": test.df,
        "p": test.p,
        "lo": test.low,
        "hi": test.high,
    }


def suppressed(given: dict[str, Any]) -> dict[str, Any]:
    counts = dict(zip(given["labels"], given["n"], strict=True))
    hidden = suppress(counts, given["threshold"])
    return {
        "hidden": [label for label in counts if label in hidden],
        "shown": [None if label in hidden else n for label, n in counts.items()],
    }


METHODS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "csat_topbox": csat_topbox,
    "mean_score": mean_score,
    "rescale_0_100": rescale,
    "nps": nps_score,
    "nps_diff": nps_difference,
    "ces": effort,
    "net_sentiment": net_sentiment,
    "wilson_ci": wilson_interval,
    "newcombe_diff_ci": newcombe_interval,
    "welch_t": welch_test,
    "suppress_cells": suppressed,
}


def close(got: Any, expected: Any, relative: float, absolute: float) -> bool:
    if isinstance(expected, float | int) and isinstance(got, float | int):
        return abs(got - expected) <= absolute + relative * abs(expected)
    return bool(got == expected)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["method"] in METHODS], ids=lambda case: str(case["id"])
)
def test_the_reference_value_is_met(case: dict[str, Any]) -> None:
    got = METHODS[case["method"]](case["input"])
    tolerance = case["tolerance"]
    assert got
    for key, value in got.items():
        assert close(value, case["expected"][key], tolerance["rel"], tolerance["abs"]), key


def test_every_implemented_method_has_a_reference_case() -> None:
    assert set(METHODS) <= {case["method"] for case in CASES}


def test_the_t_interval_of_one_answer_is_missing() -> None:
    assert t_interval(Moments(1, 3.0, None)) is None
