"""How people write feedback: what lists of words alone read wrongly."""

from __future__ import annotations

import pytest

from analysis.sentiment import Label
from tests.analysis.sentiment.reading import read

WISHES_AND_FAULTS = [
    "It could be better",
    "The food could have been warmer",
    "Would have liked more time with the doctor",
    "I would have preferred a female doctor",
    "Hardly a friendly welcome",
    "Far from satisfied",
    "It left much to be desired",
    "Three phone calls, two letters, no reply",
    "Wrong tablets, wrong name on the letter, lift out of order",
    "Bins overflowing, toilets blocked",
    "Left in a corridor for six hours without a drink",
    "不太满意",
    "不怎么干净",
    "谈不上热情",
    "环境好但是等太久",
    "希望能多开几个窗口",
    "建议增加座位",
    "差差差",
    "太太太慢了",
    "服务very bad",
    "护士不够 professional",
    "护士冇礼貌",
    "姑娘態度好差",
    "醫生好求其",
    "等咗成粒鐘",
    "唔係幾滿意",
    "不尽如人意",
    "难以忍受",
    "I got three different answers to one question",
    "Asked three people and got three answers",
    "问三个人得到三种答案",
    "問三個人得到三種答案",
]
PRAISE = [
    "No problems",
    "Couldn't be happier",
    "Nothing to improve",
    "Nothing could have been done better",
    "I can't think of anything that could have been better",
    "I don't feel there is anything they could do better",
    "Not a bad word to say",
    "Hard to find any faults",
    "没有不满意",
    "不得不说服务很好",
    "不是不好",
    "不能再好了",
    "没有什么可挑剔的",
    "等太久但是医生很好",
    "好好好",
    "赞赞赞",
    "医生nice",
    "very good，很满意",
    "醫生好有耐性",
    "都幾好",
    "冇得彈",
]


@pytest.mark.parametrize("text", WISHES_AND_FAULTS)
def test_a_wish_or_a_list_of_faults_is_a_complaint(text: str) -> None:
    assert read(text).label is Label.NEGATIVE


@pytest.mark.parametrize("text", PRAISE)
def test_a_denied_fault_and_the_ways_of_praise_are_praise(text: str) -> None:
    assert read(text).label is Label.POSITIVE


@pytest.mark.parametrize(
    "text",
    [
        "Nothing was done to improve the ward",
        "It is not better",
        "Nothing will improve",
        "Nothing was changed",
    ],
)
def test_a_denied_improvement_is_no_praise(text: str) -> None:
    assert read(text).label is not Label.POSITIVE


def test_a_denial_counts_once_and_is_quoted_whole() -> None:
    found = read("I cannot think of anything that could have been better.")
    assert [span.text for span in found.spans] == ["cannot think of anything that could have been better"]


@pytest.mark.parametrize(
    "text",
    [
        "The food was good but the room was good",
        "The food was good, the bed was good but the room was good",
        "好食但是好食",
    ],
)
def test_equal_words_on_both_sides_of_a_but_are_told_by_their_place(text: str) -> None:
    """VADER looks the score up by value and scales the first equal one instead."""
    before, after = (
        [span.weight for span in read(text).spans][0],
        [span.weight for span in read(text).spans][-1],
    )
    assert after > 2 * before > 0


def test_a_second_but_takes_back_what_the_first_brought() -> None:
    weights = [
        span.weight for span in read("The food was good but the room was good but the bed was good").spans
    ]
    assert weights == sorted(weights)
    assert len(set(weights)) == 3


def test_a_word_repeated_says_no_less_than_once() -> None:
    for word in ("好", "差", "赞", "棒", "慢"):
        once, often = read(word).score, read(word * 3).score
        assert abs(often) >= abs(once)
        assert once * often > 0
