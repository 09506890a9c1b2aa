from __future__ import annotations

import re
from string import Formatter

import pytest

from analysis.statistics import METRICS
from analysis.statistics.choose import Choice, Method, Why
from analysis.types import Reason
from analysis.wording import (
    LANGUAGES,
    chart_text,
    method_name,
    method_reason,
    metric_definition,
    metric_name,
    reason_text,
)
from analysis.wording.languages import counted, phrase

BANNED = ("significan", "p<", "p <", "p-value", "显著", "顯著", "排名", "rank")


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant"])
def test_every_language_has_every_sentence_with_the_same_places(locale: str) -> None:
    assert LANGUAGES[locale].keys() == LANGUAGES["en"].keys()
    for key, text in LANGUAGES["en"].items():
        assert places(LANGUAGES[locale][key]) == places(text), key


@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_no_sentence_uses_a_word_that_misleads(locale: str) -> None:
    for key, text in LANGUAGES[locale].items():
        assert not any(word in text.lower() for word in BANNED), key


def test_the_chinese_sentences_are_chinese_and_each_in_its_script() -> None:
    simplified_only, traditional_only = set("满评论务复时间数据没显示"), set("滿評論務復時間數據沒顯")
    for locale, foreign in (("zh_Hans", traditional_only), ("zh_Hant", simplified_only)):
        shared = simplified_only & traditional_only
        for key, text in LANGUAGES[locale].items():
            words = re.sub(r"\{\w+\}", "", text)
            assert not (foreign - shared - set("示")) & set(words), key
            assert not re.search(r"[a-z]{3}", words), key


@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_every_metric_and_reason_is_named_in_every_language(locale: str) -> None:
    for metric in [*METRICS, "share", "response_rate"]:
        assert metric_name(metric, locale)
        assert metric_definition(metric, locale)
    for reason in Reason:
        assert reason_text(reason, locale)
    assert chart_text(locale).too_few


@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_every_test_and_every_reason_to_choose_it_is_named_in_every_language(locale: str) -> None:
    assert len({method_name(Choice(method, Why.TWO_NET), locale) for method in Method}) == len(Method)
    assert len({method_reason(Choice(Method.WELCH, why), locale) for why in Why}) == len(Why)


def test_one_is_counted_in_the_singular_and_thousands_are_readable() -> None:
    assert [counted("en", "answers", n) for n in (0, 1, 2, 1601)] == [
        "0 answers",
        "1 answer",
        "2 answers",
        "1,601 answers",
    ]


def test_another_language_is_an_error() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        phrase("fr", "answers")
