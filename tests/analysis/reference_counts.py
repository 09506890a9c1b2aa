"""The methods of the reference file on one or two groups: names and unpacking only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import astuple
from functools import reduce
from operator import add
from typing import Any

from analysis.statistics import CONFIDENCE, SENTIMENTS, ces, csat, nps, sentiment_balance, suppress
from analysis.statistics.aapor import Dispositions, response_rates
from analysis.statistics.balance import (
    Parts,
    adjusted_wald,
    net_difference,
    net_error,
    net_score,
    net_variance,
    wald,
)
from analysis.statistics.bands import bands
from analysis.statistics.moments import summary
from analysis.statistics.pair_sums import PairSums
from analysis.statistics.proportion import agresti_coull, clopper_pearson, newcombe, wilson
from analysis.statistics.published import grim, sd_within_range
from analysis.statistics.rates import poisson_rate, poisson_ratio
from analysis.statistics.rescaling import rescale
from analysis.types import Distribution, Scale
from tests.analysis import reference_tests

Given = dict[str, Any]


def confidence(given: Given) -> float:
    return float(given.get("conf", CONFIDENCE))


def on(counts: list[int], ends: list[int], top: int = 1) -> tuple[Distribution, Scale]:
    keys = [str(number) for number in range(ends[0], ends[1] + 1)]
    scale = Scale({key: float(key) for key in keys}, frozenset(keys[-top:]))
    return Distribution(dict(zip(keys, counts, strict=True))), scale


def named(names: str, result: Any) -> Given:
    """The fields of a result in their order under the names of the file; `-` leaves one out."""
    pairs = zip(names.split(), astuple(result), strict=False)
    return {name: value for name, value in pairs if name != "-"}


def csat_topbox(given: Given) -> Given:
    counts = given["counts"]
    top = given.get("top_k", 1 if len(counts) == 3 else 2)
    distribution, scale = on(counts, given.get("scale", [1, len(counts)]), top)
    x, n = sum(distribution.counts[key] for key in scale.satisfied), distribution.n
    figure = csat(distribution, scale, confidence(given))
    return {**share(wilson)({"x": x, "n": n, "conf": confidence(given)}), "n": n, "x": x, "pct": figure.value}


def mean_score(given: Given) -> Given:
    distribution, scale = on(given["counts"], given["scale"])
    found = summary(distribution.counts, scale.values, confidence(given))
    return named("n sum sumsq mean var sd se lo hi median", found)


def rescale_0_100(given: Given) -> Given:
    ends = (given["scale"][0], given["scale"][1])
    return named(
        "score sd", rescale(given["mean"], given.get("sd"), ends, reverse=given.get("reverse", False))
    )


def band_shares(given: Given) -> Given:
    found = bands(Counter(value for value in given["values"] if value is not None), given["cuts"])
    return {"counts": list(found.counts), "pct": list(found.percents)}


def net(given: Given, parts: Parts) -> Given:
    wald_lo, wald_hi = wald(parts, confidence(given)) or (None, None)
    adj_lo, adj_hi = adjusted_wald(parts, confidence(given)) or (None, None)
    return {
        "n": parts.n,
        "score": net_score(parts),
        "var": net_variance(parts),
        "se": net_error(parts),
        "wald_lo": wald_lo,
        "wald_hi": wald_hi,
        "adj_lo": adj_lo,
        "adj_hi": adj_hi,
    }


def nps_score(given: Given) -> Given:
    parts = nps.parts(*on(given["counts"], [0, 10]))
    split = {"promoters": parts.up, "passives": parts.middle, "detractors": parts.down}
    return split | net(given, parts)


def nps_diff(given: Given) -> Given:
    first, second = (nps.parts(*on(given[key], [0, 10])) for key in ("counts1", "counts2"))
    return named("diff se z p", net_difference(first, second))


def effort(given: Given) -> Given:
    distribution, scale = on(given["counts"], [1, 7], top=3)
    return {
        "n": distribution.n,
        "mean": ces(distribution, scale).value,
        "pct_easy": csat(distribution, scale).value,
    }


def net_sentiment(given: Given) -> Given:
    distribution = Distribution({key: given[key] for key in SENTIMENTS.values})
    return net(given, sentiment_balance.parts(distribution, SENTIMENTS))


def share(interval: Callable[..., Any]) -> Callable[[Given], Given]:
    def adapter(given: Given) -> Given:
        x, n = given["x"], given["n"]
        low, high = interval(x, n, confidence(given)) or (None, None)
        return {"p": x / n if n else None, "lo": low, "hi": high}

    return adapter


def newcombe_diff_ci(given: Given) -> Given:
    x1, n1, x2, n2 = (given[key] for key in ("x1", "n1", "x2", "n2"))
    interval = newcombe(x1, n1, x2, n2, confidence(given))
    if interval is None:
        return {"diff": None, "lo": None, "hi": None}
    return {"diff": x1 / n1 - x2 / n2, "lo": interval[0], "hi": interval[1]}


def suppress_cells(given: Given) -> Given:
    counts = dict(zip(given["labels"], given["n"], strict=True))
    hidden = suppress(counts, given.get("threshold", 10), allow_small=True)
    return {
        "hidden": [label for label in counts if label in hidden],
        "shown": [None if label in hidden else n for label, n in counts.items()],
        "total": sum(counts.values()),
    }


def response_rate(given: Given) -> Given:
    asked = Dispositions(*(given.get(key, 0) for key in ("I", "P", "R", "NC", "O", "UH", "UO")))
    found = response_rates(asked, given.get("e"))
    return named("rr1 rr2 rr3 rr4 rr5 rr6 coop1 ref1 con1", found)


def rate(given: Given) -> Given:
    return named("rate lo hi", poisson_rate(given["events"], given["exposure"], confidence(given)))


def rate_ratio(given: Given) -> Given:
    counts = (given[key] for key in ("x1", "t1", "x2", "t2"))
    return named("ratio lo hi p", poisson_ratio(*counts, confidence(given)))


def grim_check(given: Given) -> Given:
    found = grim(
        str(given["mean"]), given["n"], given.get("items", 1), percent=bool(given.get("percent", False))
    )
    return {
        "consistent": found.consistent,
        "possible_totals": list(found.possible_totals),
        "nearest_total": found.nearest_total,
    }


def sd_range_check(given: Given) -> Given:
    found = sd_within_range(*(given[key] for key in ("mean", "sd", "n", "min", "max")))
    return named("samuelson_bound max_sd range_ok sd_ok", found)


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


METHODS: dict[str, Callable[[Given], Given]] = {
    "csat_topbox": csat_topbox,
    "mean_score": mean_score,
    "rescale_0_100": rescale_0_100,
    "band_shares": band_shares,
    "nps": nps_score,
    "nps_diff": nps_diff,
    "ces": effort,
    "net_sentiment": net_sentiment,
    "wilson_ci": share(wilson),
    "clopper_pearson_ci": share(clopper_pearson),
    "agresti_coull_ci": share(agresti_coull),
    "newcombe_diff_ci": newcombe_diff_ci,
    "suppress_cells": suppress_cells,
    "response_rate": response_rate,
    "poisson_rate": rate,
    "poisson_ratio": rate_ratio,
    "grim": grim_check,
    "sd_range_check": sd_range_check,
    "merge_cells": merge_cells,
    **reference_tests.METHODS,
}
