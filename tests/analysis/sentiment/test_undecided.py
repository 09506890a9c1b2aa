"""Where the rules do not know, they say so."""

from __future__ import annotations

import pytest

from analysis.sentiment import VERSION, Label, Sentiment
from tests.analysis.sentiment.reading import read

UNREAD = [
    "พยาบาลใจดีมาก บริการดีเยี่ยม",
    "الطاقم لطيف جدا",
    "Врач очень внимательный",
    "看護師さんはとても親切でした",
    "직원들이 매우 친절했습니다",
    "Le personnel est très gentil et le service excellent",
    "El personal fue muy amable pero la espera es terrible",
    "Das Personal war sehr freundlich und nicht terrible",
    "Nhân viên rất tốt và nhiệt tình",
]


@pytest.mark.parametrize("text", UNREAD)
def test_another_language_is_undecided_whatever_words_look_alike(text: str) -> None:
    found = read(text, "en")
    assert (found.label, found.score, found.language, found.spans) == (Label.UNDECIDED, 0.0, "und", ())


def test_an_emoji_decides_in_any_language() -> None:
    assert read("พยาบาลใจดีมาก 👍").label is Label.POSITIVE


@pytest.mark.parametrize(
    "text",
    [
        "I went in at nine, saw the clerk at the desk, was sent to the second floor and then back to the first one",
        "上周三上午带父亲去了二楼的窗口登记然后到三楼拿单子再回到一楼然后坐公交车回家了",
    ],
)
def test_a_long_text_without_a_known_term_is_undecided_and_a_short_fact_neutral(text: str) -> None:
    found = read(text)
    assert found == Sentiment(Label.UNDECIDED, 0.0, found.language, found.method, VERSION)
    assert read(text[:20]).label is Label.NEUTRAL


@pytest.mark.parametrize(
    "text", ["Le Bistro was excellent", "The Los Angeles branch is very good", "Dr Van der Berg was kind"]
)
def test_a_foreign_name_makes_no_foreign_language(text: str) -> None:
    assert read(text).label is Label.POSITIVE


def test_terms_against_each_other_are_neutral_not_undecided() -> None:
    assert read("Good and bad").label is Label.NEUTRAL


def test_a_clear_comment_is_surer_than_a_faint_or_divided_one() -> None:
    clear = read("Excellent care, wonderful and kind nurses").confidence
    assert clear > read("It was fine").confidence > 0.5
    assert clear > read("Excellent care, wonderful food, rude and dirty").confidence
