"""Weights in words: to what, at what cost, or why there are none."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.statistics.weights import DesignEffect
from analysis.wording.languages import phrase


def weights_figure(margins: Sequence[str], effect: DesignEffect, locale: str) -> str:
    """What is said of one figure; that it is not weighted where it has no effective n."""
    if effect.deff is None or effect.n_effective is None:
        return phrase(locale, "weights_off")
    return phrase(
        locale,
        "weights_figure",
        margins=margin_names(margins, locale),
        deff=f"{effect.deff:.2f}",
        n=f"{effect.n_effective:,.0f}",
    )


def margin_names(margins: Sequence[str], locale: str) -> str:
    """The margins by name, one after the other."""
    return phrase(locale, "weights_and").join(phrase(locale, f"weights_margin_{one}") for one in margins)


def weights_problem(problem: str, names: Sequence[str], locale: str) -> str:
    """Why there are no weights; `names` are those that lack responses or a total."""
    return phrase(locale, f"weights_{problem}", names=phrase(locale, "weights_and").join(names))
