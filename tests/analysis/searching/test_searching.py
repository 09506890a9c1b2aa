"""Queries, tokens, and where hits stand in a text."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.searching import LONGEST, Unsearchable, folded, spans, terms, tokens


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("nurs", "Nurses! NURSE, wet-nurse", ["Nurs", "NURS", "nurs"]),
        ("urse", "nurse", []),
        ('"nurse"', "nurses and a nurse", ["nurse"]),
        ("a", "a cat and a dog", ["a", "a"]),
        ("護士", "护士很好,護士", ["护士", "護士"]),
        ("等太久", "等太久，我等了太久", ["等太久"]),
        ("等", "等太久，我等了", ["等", "等"]),
        ("ＣＴ", "做了ct检查", ["ct"]),
        ("café", "CAFE Cafe\u0301s", ["CAFE", "Cafe\u0301"]),
        ('"very kind"', "very, very KIND", ["very KIND"]),
        ("「态度 很差」", "态度、很差。态度不好很差", ["态度、很差"]),
        ("10:30", "at 10:30 or 10 30", ["10:30", "10 30"]),
        ("kind nurse", "a nurse so kind", ["nurse", "kind"]),
        ("name", "[name] is a name", ["name"]),
    ],
)
def test_hits_stand_where_a_reader_sees_them(query: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, terms(query))] == marked


@pytest.mark.parametrize("query", ["%", "good !!!", '"…"', "[name]", "👍"])
def test_what_has_no_letters_cannot_be_searched(query: str) -> None:
    with pytest.raises(Unsearchable):
        terms(query)


def test_too_many_words_are_refused_and_blanks_ask_for_nothing() -> None:
    assert terms(' \u3000 "" ') == []
    with pytest.raises(Unsearchable):
        terms(" ".join(f"w{n}" for n in range(11)))


def test_a_query_is_read_as_people_type_it() -> None:
    typed = [term.typed for term in terms('医生，护士 "very kind"、“没 有”「等待" rest')]
    assert typed == ["医生", "护士", "very kind", "没 有", '等待" rest']
    assert len(terms("nurse NURSE Nurse")) == 1


@given(st.text(max_size=60))
def test_any_text_has_tokens_without_signs_and_any_query_an_answer(text: str) -> None:
    found = tokens(text)
    assert all(token and token == folded(token) for token in found)
    assert {category(letter) for letter in "".join(found)}.isdisjoint({"Cc", "Cs", "Zl", "Zp", "Zs"})
    try:
        asked = terms(text)
    except Unsearchable:
        return
    for start, end in spans(text, asked):
        assert 0 <= start < end <= len(text)


def test_a_very_long_text_has_an_end() -> None:
    assert len(tokens("很" * 50_000)) == LONGEST
