from __future__ import annotations

import pytest

from analysis.sentiment import VERSION, Label, Sentiment
from tests.analysis.sentiment.reading import read

EMPTY = ["", " ", "\n\t", "...", "?!", "——", "。。。", "\u200b", "\ud800", "\x00", "　"]
NOTHING = [
    "Nothing",
    "nothing.",
    "N/A",
    "n/a",
    "NA",
    "None",
    "no",
    "No comment",
    "Did not answer",
    "Nothing to add",
    "Don't know",
    "no, thank you",
    "无",
    "無",
    "没有",
    "沒有",
    "没有。",
    "无意见",
    "沒有意見",
    "暂无",
    "没什么",
    "不知道",
    "同上",
    "无无无",
    "没有没有",
    "冇意見",
]


@pytest.mark.parametrize("text", EMPTY + NOTHING)
def test_saying_nothing_is_not_neutral(text: str) -> None:
    found = read(text)
    assert found == Sentiment(Label.NO_CONTENT, 0.0, found.language, "none", VERSION, 1.0)


@pytest.mark.parametrize(
    "text",
    [
        "Nothing worked",
        "No one helped me",
        "没有热水",
        "无线网络很慢",
        "没有医生",
        "ok",
        "👍",
        ":)",
        "none of the staff were rude",
    ],
)
def test_saying_something_with_the_same_words_is_content(text: str) -> None:
    assert read(text).label is not Label.NO_CONTENT
