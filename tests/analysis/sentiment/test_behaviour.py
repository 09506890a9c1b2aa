from __future__ import annotations

import pytest

from analysis.sentiment import Label
from tests.analysis.sentiment.reading import read

PRAISE = [
    "The engineer arrived on time and fixed it quickly",
    "Nothing was too much trouble for the nurses",
    "All in all a very good experience",
    "Great signal and a cheap tariff",
    "医生很专业，讲解很清楚",
    "抢修师傅来得很快，态度也好",
    "客服耐心解答，问题很快解决了",
    "保洁阿姨干活仔细，打扫得干干净净",
    "好极了",
    "好好食",
]
CRITICISM = [
    "Overcharged again and customer service hung up on me",
    "On hold for 40 minutes and then cut off",
    "The outage lasted all night and nobody called back",
    "等了三个小时才看上病",
    "停电两天了还没修好",
    "乱扣费，客服打不通",
    "阿姨迟到一个小时，擦得也不干净",
    "慢死了",
    "冇礼貌",
]


@pytest.mark.parametrize("text", PRAISE)
def test_praise_is_positive(text: str) -> None:
    assert read(text).label is Label.POSITIVE


@pytest.mark.parametrize("text", CRITICISM)
def test_criticism_is_negative(text: str) -> None:
    assert read(text).label is Label.NEGATIVE


@pytest.mark.parametrize("text", ["I attended for a blood test", "昨天去银行办了一张卡", "2024"])
def test_a_mere_fact_is_neutral(text: str) -> None:
    assert read(text).label is Label.NEUTRAL


@pytest.mark.parametrize(
    ("plain", "negated"),
    [
        ("The ward was clean", "The ward was not clean"),
        ("The staff were helpful", "The staff weren't helpful"),
        ("We had a good time", "I hardly had a good time"),
        ("I would recommend them", "I would not recommend them"),
        ("医生很耐心", "医生不耐心"),
        ("服务热情", "服务没有任何热情"),
        ("让我很满意", "谈不上满意"),
        ("好", "唔好"),
    ],
)
def test_a_negation_turns_praise_into_criticism(plain: str, negated: str) -> None:
    assert read(plain).score > 0 > read(negated).score


@pytest.mark.parametrize(
    "text",
    [
        "No problems",
        "Could not be better",
        "It couldn't have been better",
        "Cannot fault the care",
        "I can't fault them",
        "Never had any problems",
        "没有问题",
        "没有不满意的",
        "一点也不麻烦",
        "没让我失望",
    ],
)
def test_a_denied_fault_is_praise(text: str) -> None:
    assert read(text).label is Label.POSITIVE


def test_a_negation_reaches_over_an_enumeration_but_not_over_a_comma() -> None:
    assert read("没有热情、耐心").score < read("没有热情").score
    assert read("没有热情，很耐心").score > read("没有热情").score


@pytest.mark.parametrize(
    "rising",
    [
        ("somewhat rude", "rude", "extremely rude"),
        ("有点差", "差", "非常差"),
        ("不满意", "不太满意", "比较满意", "满意", "非常满意"),
        ("fairly good", "good", "really good"),
        ("good", "good!", "good!!!"),
    ],
)
def test_degree_words_weaken_and_strengthen(rising: tuple[str, ...]) -> None:
    scores = [read(text).score for text in rising]
    order = sorted(scores, reverse=scores[-1] < 0)
    assert scores == order
    assert len(set(scores)) == len(scores)


@pytest.mark.parametrize(
    ("praise_last", "praise_first"),
    [
        ("The food was bad but the care was good", "The care was good but the food was bad"),
        ("The wait was long. However the doctor was kind", "The doctor was kind. However the wait was long"),
        ("排队太久，但是医生很好", "医生很好，但是排队太久"),
        ("虽然排队太久，医生很好", "虽然医生很好，排队太久"),
    ],
)
def test_what_follows_a_but_counts_more(praise_last: str, praise_first: str) -> None:
    assert read(praise_last).score > read(praise_first).score


@pytest.mark.parametrize(
    ("said", "damped"),
    [
        ("The nurse was kind.", "Was the nurse kind?"),
        ("The staff are polite", "The staff should be polite"),
        ("It is organised", "It could be better organised"),
        ("服务态度好", "服务态度好吗？"),
        ("服务态度好", "希望服务态度好"),
        ("医生耐心", "如果医生耐心"),
    ],
)
def test_questions_and_wishes_praise_little(said: str, damped: str) -> None:
    assert read(damped).score < read(said).score / 2


@pytest.mark.parametrize(
    ("topic", "complaint"),
    [
        ("I was told about my cancer in the emergency department", "The emergency department was appalling"),
        ("腰痛三个月去疼痛科看急诊", "急诊太慢"),
        ("贵院的快递柜", "贵院的收费很贵"),
    ],
)
def test_the_topic_of_a_service_is_no_complaint(topic: str, complaint: str) -> None:
    assert read(topic).label is Label.NEUTRAL
    assert read(complaint).label is Label.NEGATIVE


def test_emoji_and_emoticons_speak_in_every_language() -> None:
    assert read("👍").label is Label.POSITIVE
    assert read("[强]").label is Label.POSITIVE
    assert read("😡").label is Label.NEGATIVE
    assert read("办完了😡").label is Label.NEGATIVE
    assert read("I was there :)").label is Label.POSITIVE
    assert read("👍" * 50).score == read("👍" * 3).score
