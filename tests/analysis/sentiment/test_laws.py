"""What must hold for every comment whatsoever."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sentiment import Label, classify
from analysis.sentiment.score import NEUTRAL_BAND
from tests.analysis.sentiment.reading import read

WORDS = (
    "good bad very not n't no but however could be better waited 3 hours kind of rude ! ? . , - ' \" "
    "好 不 没有 差 非常 不太 但是 虽然 希望 如果 吗 ？ 。 ， 、 態度 親切 極了 等了3小时 👍 😡 :) www.x.y a@b.c "
    "\ufdfa ① \u200b \ud800 \x00 ﬁ Ⅷ Å が 한 я"
)
PIECES = st.sampled_from(WORDS.split(" "))
PURPOSES = (None, "good", "improve", "why", "open", "no purpose", "")
COMMENTS = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=80),
    st.lists(PIECES, max_size=25).map("".join),
    st.lists(PIECES, max_size=25).map(" ".join),
)


@given(COMMENTS, st.sampled_from([None, "en", "zh_Hans", "zh-Hant", "", "\ud800"]), st.sampled_from(PURPOSES))
def test_any_string_gets_a_score_whose_label_agrees(text: str, hint: str | None, purpose: str | None) -> None:
    found = read(text, hint, purpose)
    assert -1 <= found.score <= 1
    assert 0 <= found.confidence <= 1
    if found.label is Label.UNDECIDED:
        assert (found.score, found.confidence, found.spans) == (0.0, 0.0, ())
    if found.label in {Label.NEUTRAL, Label.NO_CONTENT, Label.UNDECIDED}:
        assert abs(found.score) < NEUTRAL_BAND
    else:
        assert (found.score >= NEUTRAL_BAND) == (found.label is Label.POSITIVE)
        assert found.spans
    assert found == read(text, hint, purpose)


@given(COMMENTS, st.sampled_from(PURPOSES))
def test_the_explanation_quotes_the_comment_in_order_without_overlap(text: str, purpose: str | None) -> None:
    reached = 0
    for span in read(text, None, purpose).spans:
        assert reached <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
        reached = span.end


@given(COMMENTS, st.sampled_from([" ", "\n", "\u200b", "。"]))
def test_white_space_and_a_full_stop_at_the_end_add_no_opinion(text: str, nothing: str) -> None:
    if text.rstrip().endswith(tuple("0123456789.。!?…")):  # there a sign may change how the end is read
        return
    assert read(text + nothing).score == pytest.approx(read(text).score, abs=1e-4)


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
        "be. " * 250_000,
        "nothing to to to improve " * 50_000,
        "更好" * 500_000,
    ],
    ids=lambda text: ascii(text[:8]),
)
def test_a_million_characters_are_scored_at_once(text: str) -> None:
    begun = time.perf_counter()
    found = read(text, None, "improve")
    assert time.perf_counter() - begun < 1.0
    assert -1 <= found.score <= 1


@given(
    st.lists(st.tuples(COMMENTS, st.sampled_from([None, "en", "zh"]), st.sampled_from(PURPOSES)), max_size=4)
)
def test_many_comments_are_read_as_each_alone(rows: list[tuple[str, str | None, str | None]]) -> None:
    together = classify([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])
    assert together == [read(*row) for row in rows]


def test_hints_for_another_number_of_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="1 for 2"):
        classify(["a", "b"], ["en"])
