from __future__ import annotations

import pytest

from analysis.sentiment import Label
from tests.analysis.sentiment.reading import read

PAIRS = [
    ("醫師態度親切，解說詳細", "医师态度亲切，解说详细"),
    ("排隊太久，櫃檯人員不耐煩", "排队太久，柜台人员不耐烦"),
    ("護士沒有禮貌，環境髒亂", "护士没有礼貌，环境脏乱"),
    ("電費太貴，經常停電", "电费太贵，经常停电"),
    ("沒有意見", "没有意见"),
]


@pytest.mark.parametrize(("traditional", "simplified"), PAIRS)
def test_both_chinese_scripts_give_the_same_result(traditional: str, simplified: str) -> None:
    one, other = read(traditional), read(simplified)
    assert (one.label, one.score, one.method) == (other.label, other.score, other.method)
    assert [(s.start, s.end, s.weight) for s in one.spans] == [
        (s.start, s.end, s.weight) for s in other.spans
    ]
    assert all(traditional[s.start : s.end] == s.text for s in one.spans)


@pytest.mark.parametrize(
    ("text", "language", "method"),
    [
        ("The nurses were kind", "en", "vader+service"),
        ("护士很好", "zh", "zh-rules"),
        ("護士很好", "zh", "zh-rules"),
        ("APP打不开，WiFi信号很差", "zh", "zh-rules"),
        ("Dr 王 was very kind to my mother", "en", "vader+service"),
        ("服务 very good，下次再来", "mixed", "mixed"),
        ("👍", "und", "none"),
    ],
)
def test_the_language_is_found_in_the_comment(text: str, language: str, method: str) -> None:
    found = read(text)
    assert (found.language, found.method) == (language, method)


def test_the_hint_counts_only_where_no_letter_tells() -> None:
    assert read("👍", "zh_Hant").language == "zh"
    assert read("👍", "fr").language == "und"
    assert read("The nurses were kind", "zh_Hans") == read("The nurses were kind")


def test_a_mixed_comment_adds_what_both_languages_say() -> None:
    both = read("The doctor was very kind. 但是排队太久")
    assert {span.text for span in both.spans} == {"kind", "排队太久"}
    praised = read("The doctor was very kind. 护士也很热情")
    assert praised.label is Label.POSITIVE
    assert praised.score > both.score
    assert read("The staff were rude. 护士也很冷漠").label is Label.NEGATIVE


def test_full_width_and_invisible_characters_change_nothing() -> None:
    assert read("ｖｅｒｙ　ｇｏｏｄ").score == read("very good").score
    hidden = read("服务不\u200b错")
    assert hidden.score == read("服务不错").score
    assert hidden.spans[0].text == "不\u200b错"


def test_addresses_say_nothing() -> None:
    assert read("see www.best-great-happy.com or good@love.org").label is Label.NEUTRAL
