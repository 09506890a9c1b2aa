"""Who is highest and lowest, and whether that may be chance. Never a rank without its interval."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.statistics.extremes import apart
from analysis.types import Group, Reason
from analysis.wording.estimates import base
from analysis.wording.languages import cited, counted, phrase
from analysis.wording.numbers import figure, in_unit, within


def group_sentence(groups: Sequence[Group], locale: str) -> str:
    """The highest and the lowest of the shown groups with intervals, and how many are not shown."""
    shown = _ordered(groups)
    hidden = sum(group.estimate.reason is Reason.SUPPRESSED for group in groups)
    parts = []
    if not shown:
        return phrase(locale, "groups_none")
    if len(shown) == 1:
        parts.append(phrase(locale, "groups_single", place=place(shown[0], locale)))
    else:
        highest, lowest = place(shown[-1], locale), place(shown[0], locale)
        parts.append(phrase(locale, "highest_lowest", highest=highest, lowest=lowest))
        parts.append(phrase(locale, "order_real" if _differ(shown) else "order_chance"))
    if hidden:
        parts.append(counted(locale, "groups", hidden))
    return phrase(locale, "join").join(parts)


def question_sentences(questions: Sequence[Group], locale: str) -> tuple[str, ...]:
    """The best and the lowest rated question, and that their order may be chance where it may.

    The estimates must be on one scale (csat or mean_100). A single question is given as the best alone.
    The same persons answered all of them, which makes the check for chance a careful one.
    """
    shown = _ordered(questions)
    if not shown:
        return (phrase(locale, "questions_none"),)
    best = phrase(locale, "best_question", place=place(shown[-1], locale))
    if len(shown) == 1:
        return (best,)
    worst = phrase(locale, "worst_question", place=place(shown[0], locale))
    return (best, worst) if _differ(shown) else (best, worst, phrase(locale, "question_order_chance"))


def _ordered(groups: Sequence[Group]) -> list[Group]:
    shown = [group for group in groups if group.estimate.value is not None]
    return sorted(shown, key=lambda group: group.estimate.value or 0.0)


def _differ(ordered: Sequence[Group]) -> bool:
    return apart(ordered[-1].estimate, ordered[0].estimate, len(ordered))


def place(group: Group, locale: str) -> str:
    """One group with its figure, interval and n; without a full stop."""
    estimate = group.estimate
    label, answers = cited(locale, group.label), base(estimate, locale)
    values = {"label": label, "figure": figure(estimate, locale), "answers": answers}
    if estimate.low is None or estimate.high is None:
        return phrase(locale, "place_alone", **values)
    low, high = (in_unit(within(end, estimate), estimate.unit) for end in (estimate.low, estimate.high))
    return phrase(locale, "place", **values, low=low, high=high)
