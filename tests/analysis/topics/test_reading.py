"""What comments are about, in sentences as people write them."""

from __future__ import annotations

import pytest

from analysis.sentiment import Label, classify
from analysis.topics import Coverage, OwnTerms, Reading, coverage, read


def one(text: str, sector: str | None = None, *extra: OwnTerms) -> Reading:
    return read([text], sector, extra)[0]


def labels(text: str, sector: str | None = None, *extra: OwnTerms) -> dict[str, str]:
    return {topic.topic: topic.label.value for topic in one(text, sector, *extra).topics}


def subtopics(text: str, sector: str | None = None) -> set[str]:
    return {f"{topic.topic}.{part.code}" for topic in one(text, sector).topics for part in topic.subtopics}


@pytest.mark.parametrize(
    ("text", "sector", "expected"),
    [
        ("The nurse was rude.", "hospital", {"attitude.manner", "attitude.staff"}),
        ("Nobody explained the side effects.", "hospital", {"information.explanation"}),
        ("It took almost three hours", "hospital", {"waiting.time"}),
        ("The A&E was filthy", "hospital", {"environment.cleanliness", "process.referral"}),
        ("We had a power cut again", "power", {"reliability.outage"}),
        ("I was overcharged", "power", {"price.bill"}),
        ("Broadband keeps buffering", "telecom", {"reliability.speed"}),
        ("The teller asked for KYC", "bank", {"attitude.staff", "process.contract"}),
        ("The plumber left a mess", "home", {"attitude.staff", "environment.cleanliness"}),
        ("护士态度很好", "hospital", {"attitude.manner", "attitude.staff"}),
        ("護士態度很好", "hospital", {"attitude.manner", "attitude.staff"}),
        ("掛號難", "hospital", {"process.booking"}),
        ("昨晚又停电", "power", {"reliability.outage"}),
        ("信号差", "telecom", {"reliability.signal"}),
        ("手续费太贵", "bank", {"price.bill", "price.level"}),
        ("等咗好耐", "hospital", {"waiting.time"}),
        ("黑口黑面", None, {"attitude.manner"}),
    ],
)
def test_a_comment_names_its_topics_and_sub_topics(text: str, sector: str | None, expected: set[str]) -> None:
    assert expected <= subtopics(text, sector)


@pytest.mark.parametrize(
    ("text", "unnamed"),
    [
        ("那时候我还小", "waiting"),
        ("谢谢贵院", "price"),
        ("All healthcare professionals", "competence"),
        ("I deal with my brother", "price"),
        ("The patient transport", "attitude"),
    ],
)
def test_a_word_inside_another_is_not_taken_for_a_topic(text: str, unnamed: str) -> None:
    assert unnamed not in labels(text)


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        ("环境很好，但是等太久", "environment", "waiting"),
        ("環境好但是等太久", "environment", "waiting"),
        ("服务热情 价格太贵", "attitude", "price"),
        ("Friendly nurses, but a terrible wait", "attitude", "waiting"),
        ("The place is spotless. The food is awful.", "environment", "facilities"),
        ("friendly staff and awful food", "attitude", "facilities"),
    ],
)
def test_each_topic_gets_the_opinion_of_its_own_clause(text: str, good: str, bad: str) -> None:
    found = labels(text)
    assert (found[good], found[bad]) == ("positive", "negative")


def test_a_topic_without_an_opinion_is_neutral() -> None:
    assert labels("I parked in the car park") == {"facilities": "neutral"}


def test_topics_of_a_comment_whose_sentiment_is_undecided_are_undecided_too() -> None:
    text = "The receptionist of the third floor went to the office of the manager and then to the bus station"
    assert labels(text)["attitude"] == "undecided"


def test_a_thing_merely_named_under_what_could_be_better_is_blamed() -> None:
    asked = read(["The food", "The food"], "hospital", purposes=["good", "improve"])
    assert [reading.topics[0].label.value for reading in asked] == ["positive", "negative"]


def test_an_opinion_in_the_next_clause_of_the_sentence_is_about_the_topic_before_it() -> None:
    assert labels("关于停车场，非常糟糕")["facilities"] == "negative"


@pytest.mark.parametrize(
    "text", ["说话让人很不舒服", "他的态度让人不舒服", "這樣對待，讓人不舒服", "身体不舒服还要站着"]
)
def test_how_a_person_feels_is_not_what_the_rooms_are_like(text: str) -> None:
    assert "environment" not in labels(text)
    assert labels("病房住得不舒服")["environment"] == "negative"


@pytest.mark.parametrize("text", ["问三个人得到三种答案。", "I got three different answers to one question."])
def test_many_answers_to_one_question_are_a_complaint_about_information(text: str) -> None:
    assert labels(text) == {"information": "negative"}


def test_mentions_quote_the_comment_as_written() -> None:
    text = "\u200b護士　態度Ｏ Ｋ，WiFi很慢"
    for topic in one(text).topics:
        for mention in topic.mentions:
            assert text[mention.start : mention.end] == mention.text
            assert mention.topic == topic.topic
    assert "護士" in {mention.text for topic in one(text).topics for mention in topic.mentions}


def test_a_comment_that_says_nothing_has_no_topics_and_is_not_unmatched() -> None:
    readings = read(["N/A", "无", "", "qwerty zxcvb", "等太久"])
    assert [reading.has_content for reading in readings] == [False, False, False, True, True]
    assert coverage(readings) == Coverage(2, 1, 0.5)


def test_without_a_comment_there_is_no_share_of_unmatched_ones() -> None:
    assert coverage(read(["", "无"])) == Coverage(0, 0, None)


def test_an_organisation_adds_a_topic_of_its_own_and_words_to_a_given_one() -> None:
    own = (OwnTerms("chapel", ("chapel*", "祈禱室")), OwnTerms("facilities.parking", ("bay 7",)))
    assert labels("The chapels are lovely", None, *own) == {"chapel": "positive"}
    assert labels("祈祷室很好", None, *own)["chapel"] == "positive"
    assert "facilities" in labels("Bay 7 was terrible", None, *own)
    assert "chapel" not in labels("The chapels are lovely")


def test_own_topics_come_after_the_given_ones() -> None:
    own = OwnTerms("aaa", ("kiosk",))
    assert [topic.topic for topic in one("The kiosk staff", None, own).topics] == ["attitude", "aaa"]


def test_topics_carry_labels_of_the_sentiment() -> None:
    assert one("护士很好", "hospital").topics[0].label is Label.POSITIVE


@pytest.mark.parametrize(
    ("text", "sector", "unnamed"),
    [
        ("爷爷骨折了", "hospital", "price"),
        ("心脏手术", "hospital", "environment"),
        ("感谢整个团队", "hospital", "price"),
        ("平时都来这里", None, "price"),
        ("Avoid them at all costs", "power", "price"),
        ("They closed the loan in May", "bank", "process.hours"),
    ],
)
def test_words_with_a_second_meaning_do_not_name_the_wrong_topic(
    text: str, sector: str, unnamed: str
) -> None:
    assert unnamed not in {*labels(text, sector), *subtopics(text, sector)}


def test_sentiments_that_are_known_already_are_not_computed_again() -> None:
    texts = ["The food", "等太久", "N/A"]
    opinions = classify(texts, purposes=["improve", None, None])
    assert read(texts, opinions=opinions) == read(texts, purposes=["improve", None, None])


def test_lists_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="texts|shorter"):
        read(["a", "b"], languages=["en"])
    with pytest.raises(ValueError, match="shorter"):
        read(["a", "b"], opinions=classify(["a"]))
