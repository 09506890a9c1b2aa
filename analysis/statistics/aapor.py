"""Response rates by the Standard Definitions of AAPOR: each names what it divides by."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class Dispositions:
    """What became of the persons asked."""

    complete: int = 0
    partial: int = 0
    refused: int = 0
    not_reached: int = 0
    other: int = 0
    unknown_household: int = 0  # not known whether they were to be asked at all
    unknown_other: int = 0

    @property
    def reached(self) -> int:
        return self.complete + self.partial + self.refused + self.other

    @property
    def eligible(self) -> int:
        return self.reached + self.not_reached

    @property
    def unknown(self) -> int:
        return self.unknown_household + self.unknown_other

    @property
    def everybody(self) -> int:
        return self.eligible + self.unknown


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares 0…1. Response rates 1, 3, 5 count complete answers, 2, 4, 6 partial ones too; 1 and 2 divide by
    everybody, 3 and 4 by the eligible and a share of the unknown, 5 and 6 by the eligible."""

    rr1: float | None
    rr2: float | None
    rr3: float | None
    rr4: float | None
    rr5: float | None
    rr6: float | None
    cooperation1: float | None
    refusal1: float | None
    contact1: float | None
    reason: Reason | None = None


def response_rates(asked: Dispositions, eligible_share: float | None = None) -> Rates:
    """All rates; those over nobody are None, and 3 and 4 without the share of the unknown who were eligible.

    Raises ValueError for negative counts and a share outside 0…1. AAPOR Standard Definitions (2023).
    """
    if min(astuple(asked)) < 0:
        raise ValueError("a count is negative")
    if eligible_share is not None and not 0 <= eligible_share <= 1:
        raise ValueError("the share of the eligible must lie between 0 and 1")
    both = asked.complete + asked.partial
    guessed = None if eligible_share is None else asked.eligible + eligible_share * asked.unknown
    return Rates(
        rr1=_share(asked.complete, asked.everybody),
        rr2=_share(both, asked.everybody),
        rr3=_share(asked.complete, guessed),
        rr4=_share(both, guessed),
        rr5=_share(asked.complete, asked.eligible),
        rr6=_share(both, asked.eligible),
        cooperation1=_share(asked.complete, asked.reached),
        refusal1=_share(asked.refused, asked.everybody),
        contact1=_share(asked.reached, asked.everybody),
        reason=None if asked.everybody else Reason.NO_ANSWERS,
    )


def _share(part: int, whole: float | None) -> float | None:
    return part / whole if whole else None
