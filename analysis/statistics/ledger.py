"""From those who were to be asked to the valid answers: what adds up to what, and rates over named bases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.statistics.aapor import Dispositions, response_rates
from analysis.statistics.intervals import CONFIDENCE, scaled
from analysis.statistics.proportion import wilson
from analysis.types import Estimate, Reason, Unit

NOT_TO_BE_ASKED = frozenset({"unit", "service_type", "future"})
"""Reasons of exclusion that say that the survey does not cover the service; the others leave it open."""

RATES = ("rr1", "rr3", "recovery", "valid_recovery_least", "valid_recovery_most")


@dataclass(frozen=True, slots=True)
class Stages:
    """Counts of one group of listed services. `excluded` is by reason; None where it was not kept.

    eligible = excluded + not sent + sent; sent = completed + not completed = delivered + bounced + refused + not
    reported; completed = valid + set aside, of which only the ends are known where answers do not tell their
    invitation. Raises ValueError for negative counts and parts larger than their whole.
    """

    sent: int
    not_sent: int
    completed: int
    excluded: Mapping[str, int] | None
    delivery: Mapping[str, int] = field(default_factory=dict)  # as reported: delivered, bounced, refused
    set_aside: tuple[int, int] | None = None  # at least, at most; None where it may not be shown

    def __post_init__(self) -> None:
        least, most = self.set_aside or (0, 0)
        counts = (
            self.sent,
            self.not_sent,
            self.completed,
            *(self.excluded or {}).values(),
            *self.delivery.values(),
        )
        if min(counts) < 0 or self.completed > self.sent or not 0 <= least <= most <= self.completed:
            raise ValueError("a count is negative or larger than that of which it is a part")

    @property
    def invited(self) -> int:
        return self.sent + self.not_sent

    @property
    def eligible(self) -> int | None:
        return None if self.excluded is None else sum(self.excluded.values()) + self.invited

    @property
    def not_completed(self) -> int:
        return self.sent - self.completed

    @property
    def reported(self) -> int:
        return sum(self.delivery.values())

    @property
    def not_reported(self) -> int:
        """Of the sent; none where a report names more."""
        return max(0, self.sent - self.reported)

    @property
    def valid(self) -> tuple[int, int] | None:
        """At least, at most."""
        return (
            None
            if self.set_aside is None
            else (self.completed - self.set_aside[1], self.completed - self.set_aside[0])
        )


def overlap(all_: int, part: int, marked: int) -> tuple[int, int]:
    """How many of `part` of `all_` things carry a mark that `marked` of all carry: at least, at most.

    Where the part is larger than all (some are not counted yet), as if all were the part. Raises ValueError for
    negative counts. Fréchet 1935 (Fundam. Math. 25:379).
    """
    if min(all_, part, marked) < 0:
        raise ValueError("a count is negative")
    return min(part, max(0, marked - max(0, all_ - part))), min(part, marked)


def eligible_share(stages: Stages) -> float | None:
    """AAPOR's e by the method of CASRO: of the services of which it is known, how many were to be asked.

    None where exclusions were not kept or nothing is known of any.
    """
    if stages.excluded is None:
        return None
    outside = sum(n for reason, n in stages.excluded.items() if reason in NOT_TO_BE_ASKED)
    known = stages.invited + outside
    return stages.invited / known if known else None


def ledger_rates(stages: Stages, confidence: float = CONFIDENCE) -> dict[str, Estimate]:
    """Percent, by the names in RATES, each with Wilson's interval; n is what it divides by, rounded for rr3.

    rr1: completed / (invited + excluded of which nobody knows whether they were to be asked); rr3 takes only the
    share e of these (AAPOR 2023). recovery: completed / sent; valid recovery: valid / sent, at least and at most.
    None with NO_BASELINE where exclusions were not kept, SUPPRESSED where the valid may not be shown.
    """
    share = eligible_share(stages)
    excluded = stages.excluded or {}
    unknown = sum(n for reason, n in excluded.items() if reason not in NOT_TO_BE_ASKED)
    asked = Dispositions(
        stages.completed, not_reached=stages.invited - stages.completed, unknown_other=unknown
    )
    aapor = response_rates(asked, share)
    kept = stages.excluded is not None
    guessed = stages.invited + (share or 0.0) * unknown
    found = {
        "rr1": _rate("rr1", aapor.rr1, asked.everybody if kept else None, confidence),
        "rr3": _rate("rr3", aapor.rr3, guessed if kept else None, confidence),
        "recovery": _rate("recovery", _over(stages.completed, stages.sent), stages.sent, confidence),
    }
    for name, count in zip(RATES[3:], stages.valid or (None, None), strict=True):
        found[name] = (
            _none(name, Reason.SUPPRESSED, confidence)
            if count is None
            else _rate(name, _over(count, stages.sent), stages.sent, confidence)
        )
    return found


def _over(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _rate(name: str, share: float | None, whole: float | None, confidence: float) -> Estimate:
    if whole is None:
        return _none(name, Reason.NO_BASELINE, confidence)
    interval = None if share is None else wilson(share * whole, whole, confidence)
    if share is None or interval is None:
        return _none(name, Reason.NO_ANSWERS, confidence)
    low, high = scaled(interval, 100)
    return Estimate(
        100 * share, low, high, round(whole), Unit.PERCENT, name, None, confidence, bounds=(0.0, 100.0)
    )


def _none(name: str, reason: Reason, confidence: float) -> Estimate:
    return Estimate(None, None, None, 0, Unit.PERCENT, name, reason, confidence, bounds=(0.0, 100.0))
