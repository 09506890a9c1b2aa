"""What is odd about a rule, told before it is saved: it can be kept all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from survey.alerts.active import holding
from survey.alerts.service import Wanted, definitions
from survey.alerts.trying import Tried
from survey.alerts.watch import watch_of
from survey.extensions import db
from survey.models import Rule, RuleEvent, Severity

FLOOD = 10  # alerts of one unit on one day, beyond which nobody reads them


class Oddity(StrEnum):
    NEVER = "never"  # no answer can fulfil it
    SAME = "same"  # another rule is the same
    CONTRADICTS = "contradicts"  # another one calls the very same responses more or less severe
    COVERED = "covered"  # another one finds all of this already
    FLOODS = "floods"
    OVER_LIMIT = "over_limit"  # the rest would wait for the digest


@dataclass(frozen=True, slots=True)
class Doubt:
    oddity: Oddity
    other: RuleEvent | None = None
    n: int = 0


def doubts(wanted: Wanted, tried: Tried | None, rule: Rule | None = None) -> list[Doubt]:
    """`rule` is the one that is changed; `tried` what it would have found."""
    return [*_never(wanted), *_beside(wanted, rule), *_floods(wanted, tried)]


def _never(wanted: Wanted) -> Iterator[Doubt]:
    asked = list(definitions(wanted.questionnaire))
    if asked and not any(wanted.conditions.fits(definition) for definition in asked):
        yield Doubt(Oddity.NEVER)


def _beside(wanted: Wanted, rule: Rule | None) -> Iterator[Doubt]:
    for other in _others(rule):
        then = Wanted.of(other)
        if _overlap(wanted, then):
            oddity = _compared(wanted, then)
            if oddity:
                yield Doubt(oddity, other)


def _others(rule: Rule | None) -> Sequence[RuleEvent]:
    statement = select(RuleEvent).where(holding()).order_by(RuleEvent.rule_id)
    if rule is not None:
        statement = statement.where(RuleEvent.rule_id != rule.id)
    return [event for event in db.session.scalars(statement) if watch_of(event.terms) is None]


def _overlap(one: Wanted, other: Wanted) -> bool:
    """Whether a response can be the business of both."""
    units = one.unit.contains(other.unit) or other.unit.contains(one.unit)
    asked = one.questionnaire is None or other.questionnaire in (None, one.questionnaire)
    far = other.valid_from
    return (
        units
        and asked
        and (one.valid_to is None or far <= one.valid_to)
        and (other.valid_to is None or one.valid_from <= other.valid_to)
    )


def _compared(one: Wanted, other: Wanted) -> Oddity | None:
    definition = next(definitions(one.questionnaire or other.questionnaire), None)
    burst = (one.conditions.at_least, one.conditions.within_days) == (
        other.conditions.at_least,
        other.conditions.within_days,
    )
    forth = one.conditions.implies(other.conditions, definition)
    if forth and other.conditions.implies(one.conditions, definition) and burst:
        return Oddity.SAME if one.severity == other.severity else Oddity.CONTRADICTS
    wider = other.unit.contains(one.unit) and other.questionnaire in (None, one.questionnaire)
    as_severe = list(Severity).index(Severity(other.severity)) <= list(Severity).index(Severity(one.severity))
    if forth and wider and as_severe and not other.conditions.burst and not other.most:
        return Oddity.COVERED
    return None


def _floods(wanted: Wanted, tried: Tried | None) -> Iterator[Doubt]:
    if tried is None or tried.few:
        return
    if tried.held:
        yield Doubt(Oddity.OVER_LIMIT, n=tried.held)
    elif tried.most_a_day > FLOOD:
        yield Doubt(Oddity.FLOODS, n=tried.most_a_day)
