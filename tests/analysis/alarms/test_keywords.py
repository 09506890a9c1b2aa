import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.alarms.keywords import folded, keyword, mentions


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("退款", "我要求退款"),
        ("賠錢", "你们必须赔钱！"),
        ("赔钱", "你們必須賠錢！"),
        ("乾淨", "一点都不干净"),
        ("refund", "I want a REFUND."),
        ("refund*", "nobody refunded me"),
        ("data  breach", "It was a data\nbreach"),
        ("don't", "I don’t know"),
        ("5G", "我家５Ｇ没有信号"),
        ("app", "你们的APP打不开"),
    ],
)
def test_a_keyword_is_found_in_either_script_width_and_case(word, text):
    assert mentions([word], folded(text))


@pytest.mark.parametrize(("word", "text"), [("pal", "a palace"), ("art", "start"), ("退款", "退一款")])
def test_a_part_of_another_word_is_not_found(word, text):
    assert not mentions([word], folded(text))


@pytest.mark.parametrize("word", ["", "*", " * ", "a", "a*b", "x" * 61, "。", "**"])
def test_what_would_match_nothing_or_everything_is_no_keyword(word):
    assert keyword(word) == ""
    assert not mentions([word], folded(word + "anything at all"))


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_taken_and_what_is_a_keyword_finds_itself(word, beside):
    if keyword(word):
        assert mentions([word], folded(f"{beside} {word.rstrip('*')} {beside}")) or "*" in word
    assert not mentions([], folded(beside))


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)
