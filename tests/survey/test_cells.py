from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.cells import clean, neutral, neutral_row, original

SIGNS = "=+-@＝＋－＠|%\t\r\n"
TEXTS = st.text(st.sampled_from("'ab " + SIGNS) | st.characters(), max_size=12)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", " =1", "\u200b=1"]
)
def test_what_a_program_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert neutral(text) == f"'{text}"


def test_numbers_and_plain_texts_stay_as_they_are() -> None:
    assert neutral_row([-1, 2.5, None, "good - very", "", "3"]) == [-1, 2.5, None, "good - very", "", "3"]


@given(TEXTS)
def test_the_original_comes_back(text: str) -> None:
    assert original(neutral(text)) == clean(text)


@given(TEXTS)
def test_nothing_neutralised_begins_with_a_sign_that_programs_run(text: str) -> None:
    assert not neutral(text).startswith(tuple(SIGNS))


def test_characters_that_no_xml_holds_are_taken_out() -> None:
    assert clean("a\x00b\x1f\ud800c\uffff\nd") == "abc\nd"
