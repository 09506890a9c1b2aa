"""From what was read to what is said: findings in sentences, the figures anew, and how they were computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from analysis.statistics.published_means import (
    Answers,
    PrintedMean,
    check_printed_mean,
    compare_printed_means,
)
from analysis.statistics.published_p import ClaimedP, Recomputed
from analysis.statistics.published_shares import (
    PrintedShare,
    check_printed_share,
    compare_printed_shares,
)
from analysis.wording.numbers import number
from analysis.wording.published_figure import (
    Finding,
    against,
    claim_findings,
    mean_findings,
    mean_text,
    p_text,
    share_finding,
    share_text,
    usual_test,
)
from survey.tested import tested_rows


@dataclass(frozen=True, slots=True)
class Found:
    findings: Sequence[Finding]
    method: Sequence[tuple[str, str]] = ()  # name and value


def of_shares(groups: Sequence[PrintedShare], claim: ClaimedP | None, locale: str) -> Found:
    """One group or two."""
    found = [share_finding(one, check_printed_share(one), locale) for one in groups]
    if len(groups) < 2:
        return Found(found)
    first, second = groups
    recomputed = compare_printed_shares(first, second, claim)
    named = against(share_text(first), share_text(second), locale)
    doubt = any(one.fine is False for one in found)
    told = claim_findings(recomputed, named, claim, locale, doubt=doubt)
    return Found([*found, *told], _method(recomputed, locale))


def of_means(groups: Sequence[PrintedMean], answers: Answers, claim: ClaimedP | None, locale: str) -> Found:
    """One group or two, the second with its standard deviation as the first."""
    found = [
        finding
        for one in groups
        for finding in mean_findings(one, answers, check_printed_mean(one, answers), locale)
    ]
    if len(groups) < 2:
        return Found(found)
    first, second = groups
    known = answers.lowest is not None and answers.highest is not None and not answers.observed
    bounds = (answers.lowest or 0.0, answers.highest or 0.0) if known else None
    recomputed = compare_printed_means(first, second, claim, bounds=bounds)
    named = against(mean_text(first, locale), mean_text(second, locale), locale)
    doubt = any(one.fine is False for one in found)
    told = claim_findings(recomputed, named, claim, locale, doubt=doubt)
    return Found([*found, *told], _method(recomputed, locale))


def _method(recomputed: Recomputed, locale: str) -> list[tuple[str, str]]:
    tested, comparison = recomputed.tested, recomputed.comparison
    rows = tested_rows(tested, locale)
    rows += [(usual_test(test, locale), f"P = {p_text(p)}") for test, p in recomputed.others.items()]
    if comparison.low is not None and comparison.high is not None and comparison.difference is not None:
        ends = f"{number(comparison.low, 2)} … {number(comparison.high, 2)}"
        rows.append(
            (_("Difference, with its interval (95%)"), f"{number(comparison.difference, 2)} ({ends})")
        )
    return rows
