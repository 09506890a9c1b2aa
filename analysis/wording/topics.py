"""What comments say of topics, in words. `labels` give the name of each topic by its code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analysis.statistics.topic_scores import TopicScore
from analysis.statistics.topic_shares import TopicShares
from analysis.statistics.topic_units import Standing
from analysis.summary import Kind, Matter, what_matters
from analysis.types import Comparison, Estimate, Unit, Verdict
from analysis.wording.estimates import base
from analysis.wording.languages import phrase
from analysis.wording.numbers import figure, in_unit, number, within
from analysis.wording.told import Told

MOST_TOLD = 4

Labels = Mapping[str, str]

_MATTERS = {
    Kind.WORSE: "topics_worse",
    Kind.BETTER: "topics_better",
    Kind.PRAISED_MORE: "topics_praised_more",
    Kind.PRAISED_LESS: "topics_praised_less",
    Kind.COMPLAINT: "topics_complaint",
    Kind.PRAISE: "topics_praised",
}


def shares_told(topics: Sequence[TopicShares], labels: Labels, locale: str) -> Told:
    """Which topic is most complained of and which most praised."""
    title, told = phrase(locale, "topics_title_none"), []
    sides = (
        ("positive", [(labels[one.topic], one.positive) for one in topics]),
        ("negative", [(labels[one.topic], one.negative) for one in topics]),
    )
    for side, named in sides:
        label, most = max(named, key=lambda one: one[1].value or 0.0, default=("", None))
        if most is not None and most.value:
            title = phrase(locale, f"topics_title_{side}", label=label)
            told.append(_most(f"topics_most_{side}", label, most, locale))
    return Told(title, tuple(told[::-1] or [phrase(locale, "topics_nothing")]))


def without_told(x: int, n: int, locale: str) -> str:
    """In how many comments no topic was found; empty without comments."""
    share = in_unit(100 * x / n, Unit.PERCENT) if n else ""
    return phrase(locale, "topics_without", x=f"{x:,}", n=f"{n:,}", share=share) if n else ""


def changes_told(topics: Sequence[TopicShares], labels: Labels, locale: str) -> Told:
    """The topics that changed, largest change first; or that none did; or why that cannot be told."""
    changes = [one for topic in topics for one in (topic.complaints, topic.praise)]
    compared = sum(one.difference is not None for one in changes)
    if not compared:
        title = phrase(locale, "topics_changed_title_no_base")
        return Told(title, (phrase(locale, "topics_no_base"),))
    moved = [
        one for one in what_matters(topics, 2 * len(topics)) if one.change.verdict is Verdict.LIKELY_REAL
    ]
    moved = [one for one in moved if one.kind not in (Kind.COMPLAINT, Kind.PRAISE)]
    if not moved:
        title = phrase(locale, "topics_changed_title_none")
        return Told(title, (phrase(locale, "topics_no_change", n=compared),))
    names = [labels[one.topic] for one in moved[:MOST_TOLD]]
    title = phrase(locale, "topics_changed_title", labels=phrase(locale, "matters_and").join(names))
    told = [matter_told(one, labels, locale) for one in moved[:MOST_TOLD]]
    return Told(title, (*told, phrase(locale, "topics_comparisons", n=compared)))


def matter_told(matter: Matter, labels: Labels, locale: str) -> str:
    """One of the topics that matter most, in a sentence."""
    kind, shares = matter.kind, matter.shares
    label, side = labels[matter.topic], shares.negative if kind.negative else shares.positive
    if kind in (Kind.COMPLAINT, Kind.PRAISE):
        return phrase(locale, _MATTERS[kind], **_counts(label, side, locale))
    change = matter.change
    now, moved = side.value or 0.0, change.difference or 0.0
    low, high = sorted((abs(change.low or 0.0), abs(change.high or 0.0)))
    return phrase(
        locale,
        _MATTERS[kind],
        label=label,
        now=in_unit(now, Unit.PERCENT),
        before=in_unit(now - moved, Unit.PERCENT),
        low=_above_zero(low, 1, locale),
        high=number(high, 1),
    )


def costs_told(scores: Sequence[TopicScore], labels: Labels, unit: Unit, locale: str) -> Told:
    """What lowers the whole most and what raises it, where that is likely real; `scores` most costly first."""
    shown = [one for one in scores if one.cost is not None]
    if not shown:
        title = phrase(locale, "topics_cost_title_none")
        return Told(title, (phrase(locale, "topics_cost_few"),))
    real = [one for one in shown if one.difference.verdict is Verdict.LIKELY_REAL]
    lower = [one for one in real if (one.cost or 0.0) < 0]
    higher = [one for one in real[::-1] if (one.cost or 0.0) > 0]
    told = [*_cost(lower[:2], labels, unit, locale), *(_gain(one, labels, locale) for one in higher[:1])]
    title = phrase(locale, "topics_cost_title_none")
    if lower:
        title = phrase(locale, "topics_cost_title", label=labels[lower[0].topic])
    if not real:
        told = [phrase(locale, "topics_cost_none")]
    return Told(title, (*told, phrase(locale, "matters_cause")))


def difference_text(of: Comparison, name: str, locale: str) -> str:
    """A change of a share with its interval, for a hover text; empty where there is none."""
    if of.difference is None or of.low is None or of.high is None:
        return ""
    ends = {"low": number(of.low, 1, signed=True), "high": number(of.high, 1, signed=True)}
    return phrase(
        locale, "topics_hover_change", name=name, change=number(of.difference, 1, signed=True), **ends
    )


def units_told(
    found: Sequence[Standing], compared: int, units: Labels, labels: Labels, locale: str
) -> list[str]:
    """The units that stand out for a topic, the surest first; or that none does."""
    if not found:
        return [phrase(locale, "topics_units_none", n=compared)] if compared else []
    told = [
        phrase(
            locale,
            "topics_units_above" if one.above else "topics_units_below",
            unit=units[one.unit],
            label=labels[one.topic],
            share=in_unit(100 * one.share, Unit.PERCENT),
            others=in_unit(100 * one.others, Unit.PERCENT),
        )
        for one in found[:MOST_TOLD]
    ]
    rest = len(found) - len(told)
    more = [phrase(locale, "topics_units_more", n=rest)] if rest else []
    return [*told, *more, phrase(locale, "topics_units_compared", n=compared)]


def _most(key: str, label: str, of: Estimate, locale: str) -> str:
    return phrase(locale, key, **_counts(label, of, locale), **_ends(of))


def _counts(label: str, of: Estimate, locale: str) -> dict[str, str]:
    x = round((of.value or 0.0) * of.n / 100)
    return {"label": label, "x": f"{x:,}", "n": f"{of.n:,}", "share": figure(of, locale)}


def _ends(of: Estimate) -> dict[str, str]:
    ends = {"low": of.low or 0.0, "high": of.high or 0.0}
    return {name: in_unit(within(end, of), of.unit) for name, end in ends.items()}


def _cost(scores: Sequence[TopicScore], labels: Labels, unit: Unit, locale: str) -> Iterator[str]:
    for one in scores:
        low, high = sorted(abs(end) for end in one.interval or (0.0, 0.0))
        decimals = _decimals(unit)
        yield phrase(
            locale,
            "topics_cost",
            **_sides(one, labels, locale),
            cost=amount(one.cost or 0.0, unit, locale),
            low=_above_zero(low, decimals, locale),
            high=number(high, decimals),
        )


def _gain(one: TopicScore, labels: Labels, locale: str) -> str:
    return phrase(locale, "topics_gain", **_sides(one, labels, locale))


def _sides(one: TopicScore, labels: Labels, locale: str) -> dict[str, str]:
    return {
        "label": labels[one.topic],
        "n": base(one.mentioned, locale),
        "mentioned": figure(one.mentioned, locale),
        "others": figure(one.others, locale),
    }


def amount(value: float, unit: Unit, locale: str) -> str:
    """The size of an effect on the whole: 1.3 points."""
    n = number(abs(value), _decimals(unit))
    return phrase(locale, "points_percent" if unit is Unit.PERCENT else "points", n=n)


def _decimals(unit: Unit) -> int:
    return 2 if unit is Unit.SCALE else 1


def _above_zero(value: float, decimals: int, locale: str) -> str:
    """The lower end of what is likely real: never nothing."""
    text = number(value, decimals)
    return text if float(text) else phrase(locale, "just_above_zero")
