"""A figure as a sentence."""

from __future__ import annotations

import re

from analysis.types import Estimate, Reason, Unit
from analysis.wording.languages import counted, phrase
from analysis.wording.numbers import number, within

_COUNTED = {
    **dict.fromkeys(("sentiment_balance", "topic_negative", "topic_positive"), "comments"),
    "response_rate": "invitations",
}
_BETWEEN_CHINESE = re.compile(r"(?<=[一-鿿]) (?=[一-鿿])")  # spaces belong round digits only
_DECIMALS = {Unit.PERCENT: 0, Unit.POINTS: 0, Unit.SCALE: 1, Unit.SCORE: 0}


def estimate_sentence(estimate: Estimate, locale: str, threshold: int = 10) -> str:
    """The figure, where the truth probably lies, and n, in a plain sentence; or why there is no figure.

    `threshold` is the smallest n that is shown, for hidden figures.
    """
    if estimate.value is None:
        return reason_text(estimate.reason or Reason.NO_ANSWERS, locale, threshold)
    answers = base(estimate, locale)
    if estimate.low is None or estimate.high is None:
        return phrase(locale, "estimate_alone", head=_head(estimate, locale, 0))
    if estimate.low == estimate.high:
        return phrase(locale, "estimate_same", head=_head(estimate, locale, 0), answers=answers)
    low, high, extra = _ends(estimate, estimate.low, estimate.high)
    head = _head(estimate, locale, extra)
    return phrase(locale, "estimate", head=head, low=low, high=high, answers=answers)


def base(estimate: Estimate, locale: str) -> str:
    """n in words: 200 answers, 120 comments."""
    return counted(locale, _COUNTED.get(estimate.metric, "answers"), estimate.n)


def reason_text(reason: Reason, locale: str, threshold: int = 10) -> str:
    """Why a figure is not there."""
    return phrase(locale, f"reason_{reason}", threshold=threshold)


def _ends(estimate: Estimate, low: float, high: float) -> tuple[str, str, int]:
    """Both ends, with as many more decimals as it takes to tell them apart."""
    signed = estimate.unit is Unit.POINTS
    for extra in range(4):
        decimals = _DECIMALS[estimate.unit] + extra
        texts = [number(within(end, estimate), decimals, signed=signed) for end in (low, high)]
        if texts[0] != texts[1]:
            break
    return texts[0], texts[1], extra


def _head(estimate: Estimate, locale: str, extra: int) -> str:
    value = estimate.value or 0.0
    decimals = _DECIMALS[estimate.unit] + extra
    text = number(value, decimals, signed=estimate.unit is Unit.POINTS)
    if estimate.unit is Unit.PERCENT and float(text) in (0, 100):
        text = number(value, 0) if value in (0, 100) else _almost(value, decimals, locale)
    minimum, maximum = estimate.bounds or (0.0, 0.0)
    head = phrase(locale, _head_key(estimate), value=text, minimum=f"{minimum:g}", maximum=f"{maximum:g}")
    head = _BETWEEN_CHINESE.sub("", head)
    return head[:1].upper() + head[1:]


def _almost(value: float, decimals: int, locale: str) -> str:
    """Nearly none and nearly all, which must not be rounded to none and all."""
    step = float(f"1e-{decimals}")
    if value < 50:
        return phrase(locale, "fewer_than", limit=number(step, decimals))
    return phrase(locale, "more_than", limit=number(100 - step, decimals))


def _head_key(estimate: Estimate) -> str:
    if estimate.metric != "sentiment_balance":
        return f"head_{estimate.metric}"
    if estimate.low is not None and estimate.low > 0:
        return "head_balance_up"
    if estimate.high is not None and estimate.high < 0:
        return "head_balance_down"
    return "head_balance_even"
