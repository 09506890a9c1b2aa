"""Which three topics are told."""

from __future__ import annotations

from analysis.statistics.topic_shares import Mentioned, Mentions, topic_shares
from analysis.summary import Kind, what_matters


def _told(
    now: dict[str, Mentions], before: dict[str, Mentions] | None = None, n: int = 400
) -> list[tuple[str, Kind]]:
    base = Mentioned(n, before) if before is not None else None
    return [(one.topic, one.kind) for one in what_matters(topic_shares(Mentioned(n, now), base))]


def test_what_changed_comes_before_what_is_frequent() -> None:
    now = {
        "attitude": Mentions(positive=120),
        "waiting": Mentions(negative=60),
        "food": Mentions(negative=80),
    }
    before = {
        "attitude": Mentions(positive=120),
        "waiting": Mentions(negative=20),
        "food": Mentions(negative=80),
    }
    assert _told(now, before) == [
        ("waiting", Kind.WORSE),
        ("food", Kind.COMPLAINT),
        ("attitude", Kind.PRAISE),
    ]


def test_the_better_is_told_as_well_as_the_worse() -> None:
    now = {"a": Mentions(negative=10), "b": Mentions(positive=120), "c": Mentions(positive=10)}
    before = {"a": Mentions(negative=60), "b": Mentions(positive=50), "c": Mentions(positive=50)}
    assert _told(now, before) == [
        ("b", Kind.PRAISED_MORE),
        ("a", Kind.BETTER),
        ("c", Kind.PRAISED_LESS),
    ]


def test_without_a_period_before_complaints_and_praise_take_turns() -> None:
    now = {
        "a": Mentions(negative=40, positive=50),
        "b": Mentions(negative=30),
        "c": Mentions(positive=45),
        "d": Mentions(negative=6),
    }
    assert _told(now) == [("a", Kind.COMPLAINT), ("c", Kind.PRAISE), ("b", Kind.COMPLAINT)]


def test_single_voices_do_not_matter() -> None:
    assert _told({"a": Mentions(negative=4), "b": Mentions(positive=4, neutral=90)}) == []
    assert _told({"a": Mentions(negative=4)}, {"a": Mentions()}, n=10) == []
