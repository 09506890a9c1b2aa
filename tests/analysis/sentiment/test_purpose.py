"""The same words under different questions."""

from __future__ import annotations

import pytest

from analysis.sentiment import Label
from tests.analysis.sentiment.reading import read

THINGS = ["Car parking", "Response time", "Communication between departments", "停车", "候诊区座位", "停車"]


@pytest.mark.parametrize("text", THINGS)
def test_a_thing_merely_named_is_what_was_asked_for(text: str) -> None:
    assert read(text, purpose="improve").label is Label.NEGATIVE
    assert read(text, purpose="good").label is Label.POSITIVE
    assert [span.text for span in read(text, purpose="improve").spans] == [text]
    assert {read(text, purpose=purpose).label for purpose in ("why", "open", None)} == {Label.NEUTRAL}


@pytest.mark.parametrize(
    "text",
    [
        "Quicker answers to calls",
        "More friendly staff",
        "Be more helpful",
        "Better food. Clearer signs.",
        "Having a friendly voice at the desk",
        "更热情的服务",
        "态度好一点",
        "多一点耐心",
    ],
)
def test_what_is_asked_for_under_what_could_be_better_is_no_praise(text: str) -> None:
    assert read(text, purpose="improve").label is Label.NEGATIVE


@pytest.mark.parametrize(
    "text",
    [
        "Nothing, everything was perfect",
        "Nothing all was excellent",
        "No, the staff were lovely",
        "The staff were very kind and helpful",
        "Keep up the good work",
        "都很满意",
        "没有，都很好",
    ],
)
def test_praise_stays_praise_under_what_could_be_better(text: str) -> None:
    assert read(text, purpose="improve").label is Label.POSITIVE


@pytest.mark.parametrize(
    "text", ["Nothing", "Absolutely nothing", "There is nothing", "Not much", "没有", "暂时没有", "N/A"]
)
def test_nothing_to_be_better_is_no_content(text: str) -> None:
    assert read(text, purpose="improve").label is Label.NO_CONTENT


def test_nothing_that_goes_on_is_read_on() -> None:
    assert read("Nothing worked and nobody helped", purpose="improve").label is Label.NEGATIVE
    assert read("No information and rude staff", purpose="improve").label is Label.NEGATIVE


def test_a_sentence_with_a_person_in_it_names_no_thing() -> None:
    assert read("I attended for a blood test", purpose="improve").label is Label.NEUTRAL
