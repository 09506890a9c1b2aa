"""Complaints of a topic over time: the share of the comments in each period; small periods are hidden, never dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from analysis.statistics.topic_shares import NEGATIVE, Mentions, share_of
from analysis.types import Group
from survey.figures.filters import Dimension, Filters
from survey.figures.measures import hidden
from survey.figures.periods import coarser, each, mostly_hidden, part_of, span_of, too_many
from survey.figures.subjects import Subject
from survey.figures.topics import Heard, heard
from survey.models import Grain, User


def topic_trend(
    person: User | None,
    filters: Filters,
    said: Sequence[Subject],
    topic: str,
    label: Callable[[date, Grain], str],
    *,
    told: Callable[[Filters], bool],
    least: int,
    grain: Grain | None = None,
    usual: Grain = Grain.WEEK,
) -> tuple[list[Group], Grain]:
    """By weeks, or by months where most weeks have fewer than `least` comments; without comments no period at all.

    `told` says of which days comments may be counted.
    """
    span = span_of(person, filters)
    if span is None:
        return [], grain or usual
    wanted = grain or usual
    while too_many(span, wanted):
        wanted = coarser(wanted) or Grain.MONTH
    made = list(_periods(person, filters, said, topic, label, told, least, wanted))
    wider = coarser(wanted)
    if grain is None and wider and mostly_hidden([made]):
        return topic_trend(person, filters, said, topic, label, told=told, least=least, usual=wider)
    return made, wanted


def _periods(
    person: User | None,
    filters: Filters,
    said: Sequence[Subject],
    topic: str,
    label: Callable[[date, Grain], str],
    told: Callable[[Filters], bool],
    least: int,
    grain: Grain,
) -> Iterator[Group]:
    """Every period from the first to the last with comments."""
    found = {key[0]: of for key, of in heard(person, filters, said, [Dimension.PERIOD], grain).items()}
    for day in each(min(found), max(found), grain) if found else ():
        shown = told(part_of(filters, day, grain))
        yield _period(found, day, topic, label(day, grain), least if shown else None)


def _period(found: Mapping[date, Heard], day: date, topic: str, label: str, least: int | None) -> Group:
    """Of at least so many comments; None hides any."""
    of = found[day].mentioned if day in found else None
    n, mentions = (of.n, of.topics.get(topic, Mentions())) if of else (0, Mentions())
    share = share_of(mentions.negative, n, NEGATIVE)
    told = least is not None and not 0 < n < least
    return Group(day.isoformat(), label, share if told else hidden(share))
