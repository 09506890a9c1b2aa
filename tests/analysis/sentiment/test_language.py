from __future__ import annotations

import pytest

from analysis.sentiment import Label, polarity

PAIRS = [
    ("醫師態度親切，解說詳細", "医师态度亲切，解说详细"),
    ("排隊太久，櫃檯人員不耐煩", "排队太久，柜台人员不耐烦"),
    ("護士沒有禮貌，環境髒亂", "护士没有礼貌，环境脏乱"),
    ("電費太貴，經常停電", "电费太贵，经常停电"),
    ("沒有意見", "没有意见"),
]


@pytest.mark.parametrize(("traditional", "simplified"), PAIRS)
def test_both_chinese_scripts_give_the_same_result(traditional: str, simplified: str) -> None:
    one, other = polarity(traditional), polarity(simplified)
    assert (one.label, one.score, one.method) == (other.label, other.score, other.method)
    assert [(s.start, s.end, s.weight) for s in one.spans] == [
        (s.start, s.end, s.weight) for s in other.spans
    ]
    assert all(traditional[s.start : s.end] == s.text for s in one.spans)


@pytest.mark.parametrize(
    ("text", "language", "method"),
    [
        ("The nurses were kind", "en", "vader+service/1"),
        ("护士很好", "zh", "zh-rules/1"),
        ("護士很好", "zh", "zh-rules/1"),
        ("APP打不开，WiFi信号很差", "zh", "zh-rules/1"),
        ("Dr 王 was very kind to my mother", "en", "vader+service/1"),
        ("服务 very good，下次再来", "mixed", "mixed/1"),
        ("👍", "und", "none"),
    ],
)
def test_the_language_is_found_in_the_comment(text: str, language: str, method: str) -> None:
    found = polarity(text)
    assert (found.language, found.method) == (language, method)


def test_the_hint_counts_only_where_no_letter_tells() -> None:
    assert polarity("👍", "zh_Hant").language == "zh"
    assert polarity("👍", "fr").language == "und"
    assert polarity("The nurses were kind", "zh_Hans") == polarity("The nurses were kind")


def test_a_mixed_comment_adds_what_both_languages_say() -> None:
    both = polarity("The doctor was very kind. 但是排队太久")
    assert {span.text for span in both.spans} == {"kind", "排队太久"}
    praised = polarity("The doctor was very kind. 护士也很热情")
    assert praised.label is Label.POSITIVE
    assert praised.score > both.score
    assert polarity("The staff were rude. 护士也很冷漠").label is Label.NEGATIVE


def test_full_width_and_invisible_characters_change_nothing() -> None:
    assert polarity("ｖｅｒｙ　ｇｏｏｄ").score == polarity("very good").score
    hidden = polarity("服务不\u200b错")
    assert hidden.score == polarity("服务不错").score
    assert hidden.spans[0].text == "不\u200b错"


def test_addresses_say_nothing() -> None:
    assert polarity("see www.best-great-happy.com or good@love.org").label is Label.NEUTRAL
