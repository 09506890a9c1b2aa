"""What must hold for every comment whatsoever."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sentiment import Label, polarity
from analysis.sentiment.score import NEUTRAL_BAND

WORDS = (
    "good bad very not n't no but however could be better waited 3 hours kind of rude ! ? . , - ' \" "
    "好 不 没有 差 非常 不太 但是 虽然 希望 如果 吗 ？ 。 ， 、 態度 親切 極了 等了3小时 👍 😡 :) www.x.y a@b.c "
    "\ufdfa ① \u200b \ud800 \x00 ﬁ Ⅷ Å が 한 я"
)
PIECES = st.sampled_from(WORDS.split(" "))
COMMENTS = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=80),
    st.lists(PIECES, max_size=25).map("".join),
    st.lists(PIECES, max_size=25).map(" ".join),
)


@given(COMMENTS, st.sampled_from([None, "en", "zh_Hans", "zh-Hant", "", "\ud800"]))
def test_any_string_gets_a_score_whose_label_agrees(text: str, hint: str | None) -> None:
    found = polarity(text, hint)
    assert -1 <= found.score <= 1
    if found.label in {Label.NEUTRAL, Label.NO_CONTENT}:
        assert abs(found.score) < NEUTRAL_BAND
    else:
        assert (found.score >= NEUTRAL_BAND) == (found.label is Label.POSITIVE)
        assert found.spans
    assert found == polarity(text, hint)


@given(COMMENTS)
def test_the_explanation_quotes_the_comment_in_order_without_overlap(text: str) -> None:
    reached = 0
    for span in polarity(text).spans:
        assert reached <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
        reached = span.end


@given(COMMENTS, st.sampled_from([" ", "\n", "\u200b", "。"]))
def test_white_space_and_a_full_stop_at_the_end_add_no_opinion(text: str, nothing: str) -> None:
    if text.rstrip().endswith(tuple("0123456789.。!?…")):  # there a sign may change how the end is read
        return
    assert polarity(text + nothing).score == pytest.approx(polarity(text).score, abs=1e-4)


@pytest.mark.parametrize(
    "text",
    [
        "very good " * 100_000,
        "服务很好，" * 200_000,
        "wait 1 " * 150_000,
        "等一" * 500_000,
        "a@" * 500_000,
        "\ufdfa" * 1_000_000,
        "n't " * 250_000,
        "x" * 1_000_000,
    ],
    ids=lambda text: ascii(text[:8]),
)
def test_a_million_characters_are_scored_at_once(text: str) -> None:
    begun = time.perf_counter()
    found = polarity(text)
    assert time.perf_counter() - begun < 1.0
    assert -1 <= found.score <= 1
