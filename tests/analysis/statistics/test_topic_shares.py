"""Shares of comments that complain of a topic or praise it, and their changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.proportion import newcombe, wilson
from analysis.statistics.topic_shares import Mentioned, Mentions, topic_shares
from analysis.types import Reason, Verdict

COUNTS = st.tuples(*[st.integers(0, 30)] * 4).map(lambda row: Mentions(*row))


def test_shares_are_of_all_comments_not_of_those_about_the_topic() -> None:
    (one,) = topic_shares(Mentioned(200, {"waiting": Mentions(negative=30, positive=10, neutral=60)}))
    low, high = wilson(30, 200) or (0, 0)
    assert (one.negative.value, one.negative.n) == (15.0, 200)
    assert (one.negative.low, one.negative.high) == pytest.approx((100 * low, 100 * high))
    assert one.positive.value == 5.0
    assert one.complaints.reason is Reason.NO_BASELINE


def test_a_change_is_judged_after_allowing_for_all_that_was_looked_at() -> None:
    """60 of 600 against 36 of 600 is likely real alone (P = .011), and no longer beside eleven other topics."""
    now, base = Mentions(negative=60), Mentions(negative=36)
    alone = topic_shares(Mentioned(600, {"waiting": now}), Mentioned(600, {"waiting": base}))[0]
    others = {f"t{number}": Mentions(negative=20) for number in range(11)}
    among = topic_shares(
        Mentioned(600, {"waiting": now} | others), Mentioned(600, {"waiting": base} | others)
    )[0]
    assert alone.complaints.verdict is Verdict.LIKELY_REAL
    assert among.complaints.verdict is Verdict.CANNOT_TELL
    assert among.complaints.difference == pytest.approx(4.0)
    low, high = newcombe(60, 600, 36, 600, 1 - 0.05 / 24) or (0, 0)
    assert (among.complaints.low, among.complaints.high) == pytest.approx((100 * low, 100 * high))


def test_topics_that_are_gone_count_among_the_comparisons() -> None:
    now = Mentioned(600, {"waiting": Mentions(negative=60)})
    base = Mentioned(600, {"waiting": Mentions(negative=36), "food": Mentions(negative=5)})
    narrow = topic_shares(now, Mentioned(600, {"waiting": Mentions(negative=36)}))[0].complaints
    wide = topic_shares(now, base)[0].complaints
    assert (wide.low or 0) < (narrow.low or 0)


def test_without_change_few_pages_call_anything_real() -> None:
    """400 pages of 12 topics whose shares are the same in both periods: at most about one page in twenty."""
    rng = np.random.default_rng(5)
    wrong = 0
    for _page in range(400):
        both = [
            Mentioned(
                300,
                {
                    f"t{n}": Mentions(
                        negative=int(rng.binomial(300, 0.08)), positive=int(rng.binomial(300, 0.1))
                    )
                    for n in range(12)
                },
            )
            for _ in range(2)
        ]
        found = topic_shares(*both)
        wrong += any(
            change.verdict is Verdict.LIKELY_REAL for one in found for change in (one.complaints, one.praise)
        )
    assert wrong <= 400 * 0.08


@given(st.dictionaries(st.sampled_from("abcde"), COUNTS), st.integers(120, 500))
def test_any_counts_give_shares_within_their_intervals(topics: dict[str, Mentions], n: int) -> None:
    for one in topic_shares(Mentioned(n, topics), Mentioned(n, topics)):
        for share in (one.negative, one.positive):
            assert share.value is not None and share.low is not None and share.high is not None
            assert 0 <= share.low <= share.value <= share.high <= 100
        assert one.complaints.difference == 0
        assert one.complaints.verdict is not Verdict.LIKELY_REAL


def test_no_comments_have_no_share() -> None:
    (one,) = topic_shares(Mentioned(0, {"waiting": Mentions()}), Mentioned(50, {"waiting": Mentions(3)}))
    assert one.negative.reason is Reason.NO_ANSWERS
    assert one.complaints.difference is None


def test_more_mentions_than_comments_are_an_error() -> None:
    with pytest.raises(ValueError, match="between 0 and n"):
        topic_shares(Mentioned(5, {"waiting": Mentions(negative=6)}))
