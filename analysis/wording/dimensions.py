"""Dimensions beside each other, and beside what was expected."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.statistics.extremes import apart
from analysis.statistics.gap import Gap
from analysis.types import Group
from analysis.wording.languages import phrase
from analysis.wording.numbers import number
from analysis.wording.told import Told, ends, quoted


def gaps_told(
    gaps: Sequence[tuple[str, Gap]],
    whole: tuple[float, float] | None,
    bounds: tuple[float, float],
    locale: str,
) -> Told:
    """The widest gap below what was expected, and what is above it, where chance does not explain them.

    `whole` is the mean expected and experienced, `bounds` the ends of the scale.
    """
    sure = [
        (label, one, one.low, one.high) for label, one in gaps if one.low is not None and one.high is not None
    ]
    short = sorted((one for one in sure if one[3] < 0), key=lambda one: one[1].gap or 0.0)
    over = [label for label, _, low, _ in sure if low > 0]
    sentences = [_short(*short[0], bounds, locale) if short else phrase(locale, "matters_gap_none")]
    if over:
        sentences.append(phrase(locale, "matters_gap_over", labels=quoted(over, locale)))
    return Told(_gap_title(whole, locale), tuple(sentences))


def _short(label: str, one: Gap, low: float, high: float, bounds: tuple[float, float], locale: str) -> str:
    return phrase(
        locale,
        "matters_gap_short",
        label=quoted([label], locale),
        gap=number(one.gap or 0.0, 2, signed=True),
        minimum=f"{bounds[0]:g}",
        maximum=f"{bounds[1]:g}",
        **ends((low, high), 2, signed=True),
    )


def _gap_title(whole: tuple[float, float] | None, locale: str) -> str:
    if whole is None:
        return phrase(locale, "matters_gap_none")
    expected, got = whole
    decimals = 1 if f"{expected:.1f}" != f"{got:.1f}" else 2
    texts = number(expected, decimals), number(got, decimals)
    return phrase(locale, "matters_title_gap", expected=texts[0], got=texts[1])


def profile_told(groups: Sequence[Group], locale: str) -> Told:
    """The strongest and the weakest of two or more dimensions with scores of 0–100."""
    ordered = sorted(groups, key=lambda group: group.estimate.value or 0.0)
    weakest, strongest = ordered[0], ordered[-1]
    differ = apart(strongest.estimate, weakest.estimate, len(ordered))
    names = {"best": quoted([strongest.label], locale), "worst": quoted([weakest.label], locale)}
    title = phrase(locale, "matters_title_profile" if differ else "matters_title_profile_alike", **names)
    key = "matters_profile" if differ else "matters_profile_alike"
    high, low = (number(one.estimate.value or 0.0, 1) for one in (strongest, weakest))
    return Told(title, (phrase(locale, key, **names, high=high, low=low),))
