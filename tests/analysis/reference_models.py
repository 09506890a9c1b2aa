"""The methods of the reference file that are models, charts and comparisons of many units: names and unpacking only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from analysis.statistics import index
from analysis.statistics.control_charts import limits, moving
from analysis.statistics.drivers import key_drivers
from analysis.statistics.funnel import Level, funnel
from analysis.statistics.gap import DimensionGap, gap_profile
from analysis.statistics.importance import importance_performance
from analysis.statistics.internal_consistency import cronbach_alpha
from analysis.statistics.interrupted import segmented
from analysis.statistics.kano import kano
from analysis.statistics.one_factor import omega_total
from analysis.statistics.pair_sums import PairSums
from analysis.statistics.penalty_reward import high_low_row, penalty_reward
from analysis.statistics.raking import rake
from analysis.statistics.shrinkage import shrunken_means, shrunken_shares
from analysis.statistics.sums import Sums
from analysis.statistics.unit_reliability import unit_reliability
from analysis.statistics.weights import Stratum, cluster_effect, kish, poststratify

Given = dict[str, Any]


def chosen(given: Given, **names: str) -> Given:
    """The optional inputs that are there, under the names of ours."""
    return {ours: given[theirs] for theirs, ours in names.items() if given.get(theirs) is not None}


def counted(given: Given) -> tuple[list[int], list[int]]:
    """x and n; a point or unit without answers (null) has 0 of 0."""
    return [x or 0 for x in given["x"]], [n or 0 for n in given["n"]]


def numbers(scale: Sequence[int]) -> list[int]:
    return list(range(scale[0], scale[1] + 1))


def beside(given: Given) -> list[list[float | None]]:
    """Items and the outcome of each person in one row."""
    return [[*row, y] for row, y in zip(given["X"], given["y"], strict=True)]


def index_weighted(given: Given) -> Given:
    found = index.weighted_index(given["means"], given["scales"], given.get("weights"))
    return {"index": found.index, "weights_used": list(found.weights_used)}


def index_pls_two_block(given: Given) -> Given:
    rows = [[*x, *y] for x, y in zip(given["X"], given["Y"], strict=True)]
    width = len(given["X"][0]) if rows else 1
    found = index.two_block_index(Sums.of(rows, len(rows[0]) if rows else 2), width, given["scale"])
    return {
        "outer_weights": list(found.outer_weights),
        "index_weights": list(found.index_weights),
        "index": found.index,
    }


def servqual_gap(given: Given) -> Given:
    columns = range(len(given["dims"]))
    rows = list(zip(given["expect"], given["percept"], strict=True))
    pairs = [Sums.of([(e[j], p[j]) for e, p in rows], 2) for j in columns]
    found = gap_profile(pairs, given["dims"], given.get("dim_weights"))
    by_name: dict[str, DimensionGap] = dict(found.dimensions)
    return {
        "gap": {name: one.gap for name, one in by_name.items()},
        "percept": {name: one.perceived for name, one in by_name.items()},
        "expect": {name: one.expected for name, one in by_name.items()},
        "overall": found.overall,
        "overall_weighted": found.overall_weighted,
        "n_pairs": [item.n for item in found.items],
    }


def kano_classify(given: Given) -> Given:
    counts = [[0] * 5 for _ in range(5)]
    for pair in given["pairs"]:
        if None not in pair:
            counts[pair[0] - 1][pair[1] - 1] += 1
    found = kano(counts)
    names = ["n", "category", "better", "worse", "total_strength", "category_strength", "fong_significant"]
    return {"counts": dict(found.counts), **{name: getattr(found, name) for name in names}}


def kano_prca(given: Given) -> Given:
    low, high = given.get("low_max", 2), given.get("high_min", 4)
    rows = [high_low_row(x, y, low, high) for x, y in zip(given["X"], given["y"], strict=True)]
    found = penalty_reward(Sums.of(rows, None if rows else 3), **chosen(given, alpha="alpha"))
    return {
        "intercept": found.intercept,
        "reward": [item.reward.value for item in found.items],
        "penalty": [item.penalty.value for item in found.items],
        "reward_se": [item.reward.se for item in found.items],
        "penalty_se": [item.penalty.se for item in found.items],
        "reward_p": [item.reward.p for item in found.items],
        "penalty_p": [item.penalty.p for item in found.items],
        "r2": found.r2,
        "asymmetry": [item.asymmetry for item in found.items],
        "category": [item.role for item in found.items],
    }


def ipa(given: Given) -> Given:
    rows = beside(given)
    found = importance_performance(PairSums.of(rows, len(rows[0]) if rows else 1), given["scale"])
    return {
        "importance": [item.importance for item in found.items],
        "performance": [item.performance for item in found.items],
        "importance_cut": found.importance_cut,
        "performance_cut": found.performance_cut,
        "quadrant": [item.quadrant for item in found.items],
    }


def key_driver_lmg(given: Given) -> Given:
    found = key_drivers(Sums.of(beside(given), None if given["X"] else 1))
    return {"r2": found.r2, "lmg": list(found.lmg), "pct": list(found.pct)}


def alpha(given: Given) -> Given:
    found = cronbach_alpha(Sums.of(given["X"]), **chosen(given, conf="confidence"))
    return {
        "alpha": found.alpha,
        "std_alpha": found.std_alpha,
        "alpha_if_dropped": list(found.alpha_if_dropped),
        "item_rest_r": list(found.item_rest_r),
        "lo": found.low,
        "hi": found.high,
    }


def omega(given: Given) -> Given:
    found = omega_total(Sums.of(given["X"]))
    return {"loadings": list(found.loadings), "omega": found.omega}


def share_limits(found: limits.ShareLimits) -> Given:
    return {
        "center": found.center,
        "sigma_z": found.sigma_z,
        "ucl": list(found.upper),
        "lcl": list(found.lower),
        "signals": list(found.signals),
    }


def xmr(given: Given) -> Given:
    found = limits.xmr(given["values"])
    rules = ["rule1", "rule2of3", "rule4of5", "rule8", "trend6"]
    names = ["center", "mr_bar", "upper", "lower", "mr_upper"]
    return {
        **{name: getattr(found, name) for name in names},
        **{name: list(getattr(found.rules, name)) for name in rules},
    }


def ewma(given: Given) -> Given:
    optional = chosen(given, lam="lam", L="width")
    found = moving.ewma(given["values"], given.get("mu0"), given.get("sigma"), **optional)
    return {
        "z": list(found.z),
        "ucl": list(found.upper),
        "lcl": list(found.lower),
        "first_signal": found.first_signal,
    }


def cusum(given: Given) -> Given:
    optional = chosen(given, k="k", h="h")
    found = moving.cusum(given["values"], given.get("mu0"), given.get("sigma"), **optional)
    return {
        "c_plus": list(found.c_plus),
        "c_minus": list(found.c_minus),
        "first_signal": found.first_signal,
        "direction": found.direction,
    }


def its(given: Given) -> Given:
    found = segmented(given["y"], given["first_post"], given.get("lag"))
    return {
        "coef": {name: term.value for name, term in found.terms.items()},
        "se_ols": {name: term.se_ols for name, term in found.terms.items()},
        "p_ols": {name: term.p_ols for name, term in found.terms.items()},
        "se_nw": {name: term.se_nw for name, term in found.terms.items()},
        "r2": found.r2,
        "durbin_watson": found.durbin_watson,
    }


def funnel_limits(given: Given) -> Given:
    found = funnel(*counted(given))
    got: Given = {name: getattr(found, name) for name in ("theta0", "phi", "tau2", "phi_applied")}
    got["z"] = list(found.z)
    kinds: dict[str, Level | None] = {
        "exact": found.exact,
        "mult": found.multiplicative,
        "add": found.additive,
    }
    nothing = [None] * len(found.z)
    for level, name in ((0.95, "95"), (0.998, "998")):
        got[f"flag_add_{name}"] = list(found.flags[level]) if found.flags else nothing
        for kind, limits_of in kinds.items():
            ends = limits_of[level] if limits_of else nothing
            got[f"{kind}_lo_{name}"] = [end and end[0] for end in ends]
            got[f"{kind}_hi_{name}"] = [end and end[1] for end in ends]
    return got


def eb_normal(given: Given) -> Given:
    found = shrunken_means(given["y"], given["se"])
    return {
        "mu": found.mu,
        "tau2": found.tau2,
        "Q": found.q,
        "reliability": list(found.reliability),
        "estimate": list(found.estimate),
    }


def eb_beta_binomial(given: Given) -> Given:
    found = shrunken_shares(*counted(given))
    return {"a": found.a, "b": found.b, "mu": found.mu, "estimate": list(found.estimate)}


def dept_reliability(given: Given) -> Given:
    optional = chosen(given, target="target")
    found = unit_reliability(given["hists"], numbers(given["scale"]), **optional)
    names = ["p", "var_between", "var_within", "n0", "icc1", "reliability", "n_for_target"]
    return {
        "F": found.f,
        "per_department": list(found.per_unit),
        **{name: getattr(found, name) for name in names},
    }


def post(given: Given) -> Given:
    strata = [Stratum(one["hist"], one["N"]) for one in given["strata"]]
    found = poststratify(strata, numbers(given["scale"]))
    names = ["unweighted", "estimate", "se", "deff_kish", "n_effective"]
    return {"weights": list(found.weights), **{name: getattr(found, name) for name in names}}


def raked(given: Given) -> Given:
    counts, means = np.array(given["counts"], dtype=float), np.array(given["mean_y"], dtype=float)
    found = rake(counts, [given["rows"], given["cols"]])
    empty = counts == 0
    return {
        "cell_share": None if found.share is None else found.share.tolist(),
        "weights": None
        if found.weights is None
        else np.where(empty, None, found.weights.astype(object)).tolist(),
        "estimate": found.mean(means),
        "unweighted": found.unweighted(means),
        "deff_kish": found.deff_kish,
    }


def design_effect(given: Given) -> Given:
    sizes = given.get("cluster_sizes")
    found = kish(given["weights"]) if sizes is None else cluster_effect(sizes, given.get("rho"))
    return {name: getattr(found, name) for name in ("n", "deff", "deft", "n_effective")}


METHODS: dict[str, Callable[[Given], Given]] = {
    "index_weighted": index_weighted,
    "index_pls_two_block": index_pls_two_block,
    "servqual_gap": servqual_gap,
    "kano_classify": kano_classify,
    "kano_prca": kano_prca,
    "ipa": ipa,
    "key_driver_lmg": key_driver_lmg,
    "cronbach_alpha": alpha,
    "omega_total": omega,
    "p_chart": lambda given: share_limits(limits.p_chart(*counted(given), **chosen(given, k="k"))),
    "laney_p": lambda given: share_limits(limits.laney_p(*counted(given), **chosen(given, k="k"))),
    "xmr": xmr,
    "ewma": ewma,
    "cusum": cusum,
    "its": its,
    "funnel": funnel_limits,
    "eb_normal": eb_normal,
    "eb_beta_binomial": eb_beta_binomial,
    "dept_reliability": dept_reliability,
    "poststratify": post,
    "rake": raked,
    "design_effect": design_effect,
}
