"""The response ledger in words: stages, what adds up to what, rates with their bases, and limits."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.statistics.ledger import Stages, eligible_share
from analysis.types import Estimate
from analysis.wording.languages import phrase
from analysis.wording.numbers import number


def counted_range(ends: tuple[int, int] | None, locale: str) -> str:
    """A count, its two ends where only these are known, or that it is too few to show."""
    if ends is None:
        return phrase(locale, "ledger_hidden")
    least, most = ends
    if least == most:
        return f"{least:,}"
    return phrase(locale, "ledger_at_least", least=f"{least:,}", most=f"{most:,}")


def ledger_title(stages: Stages, locale: str) -> str:
    """What became of them, in one line."""
    if not stages.sent:
        return phrase(locale, "ledger_title_not_sent")
    return phrase(locale, "ledger_title", completed=f"{stages.completed:,}", sent=f"{stages.sent:,}")


def ledger_sums(stages: Stages, not_kept: int, locale: str) -> list[str]:
    """What adds up to what, and what is valid. `not_kept`: files of which it is not known what was left out."""
    told = [
        _adds_up(stages, locale)
        if stages.eligible is not None
        else phrase(locale, "ledger_not_kept", batches=f"{not_kept:,}"),
        phrase(
            locale,
            "ledger_completed_adds_up",
            sent=f"{stages.sent:,}",
            completed=f"{stages.completed:,}",
            not_completed=f"{stages.not_completed:,}",
        ),
    ]
    return [*told, _valid(stages, locale)]


def _adds_up(stages: Stages, locale: str) -> str:
    return phrase(
        locale,
        "ledger_adds_up",
        eligible=f"{stages.eligible or 0:,}",
        excluded=f"{sum((stages.excluded or {}).values()):,}",
        not_sent=f"{stages.not_sent:,}",
        sent=f"{stages.sent:,}",
    )


def _valid(stages: Stages, locale: str) -> str:
    if stages.valid is None or stages.set_aside is None:
        return phrase(locale, "ledger_valid_hidden")
    least, most = stages.valid
    if least == most:
        return phrase(locale, "ledger_valid_exact", set_aside=f"{stages.set_aside[0]:,}")
    return phrase(locale, "ledger_valid_range", least=f"{least:,}", most=f"{most:,}")


def ledger_base(rate: Estimate, locale: str) -> str:
    """What a rate divides by what; empty where it is not known."""
    if rate.value is None:
        return ""
    base = rate.metric if rate.metric in ("rr1", "rr3") else "recovery"
    part = f"{round(rate.value * rate.n / 100):,}"
    return phrase(locale, f"ledger_base_{base}", part=part, whole=f"{rate.n:,}")


def ledger_rate_title(rates: Mapping[str, Estimate], locale: str) -> str:
    """The recovery rate in one line."""
    value = rates["recovery"].value
    if value is None:
        return phrase(locale, "ledger_rate_title_none")
    return phrase(locale, "ledger_rate_title", value=number(value, 0))


def eligible_text(stages: Stages, locale: str) -> str:
    """AAPOR's e; empty where it is not known."""
    share = eligible_share(stages)
    return "" if share is None else phrase(locale, "ledger_e", share=f"{100 * share:.1f}%")
