"""What must hold for every comment whatsoever."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sentiment import Label
from analysis.topics import SECTORS, read

WORDS = (
    "staff rude kind wait took 3 hours days but clean food price A&E ! ? . , ; \n & * .. < > <b>wait</b> "
    "护士 態度 停電 等 太久 贵 但是 信号 小时 ， 。 、 👍 \ufdfa ① \u200b \ud800 \x00 ﬁ İ พยาบาล ممرضة =1+1"
)
PIECES = st.sampled_from(WORDS.split(" "))
COMMENTS = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=80),
    st.lists(PIECES, max_size=25).map("".join),
    st.lists(PIECES, max_size=25).map(" ".join),
)


@given(COMMENTS, st.sampled_from([None, *SECTORS]))
def test_any_string_is_read_and_every_mention_quotes_it(text: str, sector: str | None) -> None:
    (reading,) = read([text], sector)
    assert len({topic.topic for topic in reading.topics}) == len(reading.topics)
    for topic in reading.topics:
        assert -1 <= topic.score <= 1
        assert topic.mentions
        assert topic.label is not Label.NO_CONTENT
        assert all(text[m.start : m.end] == m.text and m.start < m.end for m in topic.mentions)
        assert {part.code for part in topic.subtopics} == {m.subtopic for m in topic.mentions if m.subtopic}


@given(st.lists(COMMENTS, max_size=4))
def test_comments_are_read_one_by_one_and_alike_every_time(texts: list[str]) -> None:
    assert read(texts) == [read([text])[0] for text in texts]


@pytest.mark.parametrize(
    "text", ["พยาบาลใจดีมาก", "ممرضة لطيفة", "😀😡", "\x00\x01", "\ud800", "=1+1", "<p></p>"]
)
def test_what_no_list_speaks_of_has_no_topic(text: str) -> None:
    assert read([text])[0].topics == ()


@pytest.mark.parametrize(
    "text",
    [
        "wait good staff bad " * 5_000,
        "服务好环境差等太久" * 11_000,
        "took " * 20_000,
        "等" * 100_000,
        "😀" * 100_000,
        "\ufdfa" * 100_000,
    ],
    ids=lambda text: ascii(text[:6]),
)
def test_a_hundred_thousand_characters_are_read_at_once(text: str) -> None:
    read(["x"])
    begun = time.process_time()
    read([text])
    assert time.process_time() - begun < 0.3
