import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.alarms import Alarming, alarms
from tests.analysis.marked import alarming

LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_alarming_in_the_set_is_missed(language):
    rows = [(kind, text) for kind, text in alarming(language) if kind != "-"]
    missed = [text for kind, text in rows if kind not in {one.kind for one in alarms(text)}]

    assert len(rows) >= 70
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_is_in_the_set(language):
    assert {kind for kind, _text in alarming(language)} == {"-", *Alarming}


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_harmless_complaints_alarm(language):
    rows = [text for kind, text in alarming(language) if kind == "-"]

    assert sum(bool(alarms(text)) for text in rows) <= 0.2 * len(rows)


@pytest.mark.parametrize(
    "text", ["没有人收红包", "Nobody asked for a bribe", "I am not suicidal", "医生没有打人"]
)
def test_negation_silences_nothing(text):
    assert alarms(text)


def test_the_stretch_is_told_as_it_was_written():
    (one,) = alarms("他要我给红包。")

    assert (one.start, one.end, one.text, one.kind) == (4, 6, "红包", Alarming.BRIBE)


@given(st.text(max_size=200))
def test_any_text_is_taken(text):
    for one in alarms(text):
        assert text[one.start : one.end] == one.text


@pytest.mark.parametrize("text", ["", "😀", "\ud800", "\x00", "สวัสดี"])
def test_where_nothing_is_said_nothing_is_found(text):
    assert alarms(text) == ()
