"""The tests, effect sizes and sample sizes of the reference file: names and unpacking only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from typing import Any

from analysis.statistics.adjust import adjust
from analysis.statistics.binomial import share_against_standard
from analysis.statistics.effect_sizes import mean_effect
from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.means_compared import against_standard, paired, student, welch, welch_anova
from analysis.statistics.moments import Moments, moments, t_interval
from analysis.statistics.paired_shares import cochran_q, mcnemar
from analysis.statistics.ranks import kruskal_wallis, mann_whitney
from analysis.statistics.sample_size import (
    ALPHA,
    POWER,
    sample_size_means,
    sample_size_shares,
    smallest_share,
    survey_size,
)
from analysis.statistics.shares_compared import share_effect
from analysis.statistics.shares_in_order import cochran_armitage
from analysis.statistics.strata import mantel_haenszel
from analysis.statistics.sums import Sums
from analysis.statistics.tables import chi_square, chi_square_2x2, fisher

Given = dict[str, Any]


def named(names: str, result: Any) -> Given:
    """The fields of a result in their order under the names of the file."""
    return dict(zip(names.split(), astuple(result), strict=False))


def confidence(given: Given) -> float:
    return float(given.get("conf", CONFIDENCE))


def counted(hist: list[int], scale: list[int]) -> Moments | None:
    numbers = {str(number): float(number) for number in range(scale[0], scale[1] + 1)}
    return moments(dict(zip(numbers, hist, strict=True)), numbers)


def sample(given: Given, which: int) -> Moments | None:
    if f"hist{which}" in given:
        return counted(given[f"hist{which}"], given["scale"])
    n, mean, sd = (given[f"{letter}{which}"] for letter in "nms")
    return Moments(n, mean, None if sd is None or n < 2 else sd**2) if n and mean is not None else None


def raw(values: list[float | None]) -> Moments | None:
    given = [value for value in values if value is not None]
    numbers = {str(place): value for place, value in enumerate(given)}
    return moments(dict.fromkeys(numbers, 1), numbers)


def two_means(test: Callable[..., Any]) -> Callable[[Given], Given]:
    def adapter(given: Given) -> Given:
        found = test(sample(given, 1), sample(given, 2), confidence(given))
        return named("diff t df p lo hi hedges_g", found)

    return adapter


def to_standard_mean(given: Given) -> Given:
    found = raw(given["values"])
    test = named("diff t df p", against_standard(found, given["standard"], confidence(given)))
    low, high = (found and t_interval(found, confidence(given))) or (None, None)
    return test | {"mean": found and found.mean, "lo": low, "hi": high}


def paired_t(given: Given) -> Given:
    sums = Sums.of(zip(given["before"], given["after"], strict=True), 2)
    return named("mean_diff t df p lo hi dz", paired(sums, confidence(given)))


def several_means(given: Given) -> Given:
    return named("F df1 df2 p", welch_anova([counted(hist, given["scale"]) for hist in given["hists"]]))


def two_shares(given: Given) -> Given:
    names = "risk_difference cohens_h odds_ratio or_lo or_hi risk_ratio rr_lo rr_hi"
    counts = (given[key] for key in ("x1", "n1", "x2", "n2"))
    return named(names, share_effect(*counts, confidence(given)))


def adjusted(given: Given) -> Given:
    return {name: list(values) for name, values in named("holm bh by", adjust(given["p"])).items()}


def wanted(given: Given) -> tuple[float, float]:
    return given.get("alpha", ALPHA), given.get("power", POWER)


METHODS: dict[str, Callable[[Given], Given]] = {
    "compare_to_standard_mean": to_standard_mean,
    "compare_to_standard_prop": lambda given: named(
        "p_hat p", share_against_standard(given["x"], given["n"], given["standard"])
    ),
    "welch_t": two_means(welch),
    "student_t": two_means(student),
    "paired_t": paired_t,
    "mann_whitney": lambda given: named(
        "U1 U2 p p_no_cc auc cliffs_delta", mann_whitney(given["hist1"], given["hist2"])
    ),
    "kruskal_wallis": lambda given: named("H df p epsilon2", kruskal_wallis(given["hists"])),
    "welch_anova": several_means,
    "chi2_2x2": lambda given: named(
        "chi2 p chi2_yates p_yates phi min_expected", chi_square_2x2(given["table"])
    ),
    "fisher_exact": lambda given: named("p odds_ratio", fisher(given["table"])),
    "chi2_rxc": lambda given: named(
        "chi2 df p cramers_v min_expected share_expected_below_5", chi_square(given["table"])
    ),
    "cochran_armitage": lambda given: named(
        "z chi2 p", cochran_armitage(given["x"], given["n"], given.get("scores"))
    ),
    "mcnemar": lambda given: named("chi2 p chi2_cc p_cc p_exact p_mid", mcnemar(given["b"], given["c"])),
    "cochran_q": lambda given: named("Q df p", cochran_q(Sums.of(given["rows"]))),
    "mantel_haenszel": lambda given: named(
        "or_mh or_crude chi2 p chi2_cc p_cc", mantel_haenszel(given["tables"])
    ),
    "effect_sizes_prop": two_shares,
    "effect_sizes_mean": lambda given: named(
        "cohens_d hedges_g glass_delta", mean_effect(sample(given, 1), sample(given, 2))
    ),
    "p_adjust": adjusted,
    "sample_size_prop": lambda given: named(
        "n n_per_group", sample_size_shares(given["p1"], given["p2"], *wanted(given))
    ),
    "mdd_prop": lambda given: named("p2 difference", smallest_share(given["p1"], given["n"], *wanted(given))),
    "sample_size_mean": lambda given: named(
        "n n_per_group", sample_size_means(given["delta"], given["sd"], *wanted(given))
    ),
    "sample_size_moe": lambda given: named(
        "n0 n n_required",
        survey_size(given.get("p", 0.5), given["moe"], confidence(given), given.get("N")),
    ),
}
