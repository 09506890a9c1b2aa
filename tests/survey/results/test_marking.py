"""What is marked in a comment: where it stands, what it means, and never as markup of the comment's own."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from analysis.searching import terms
from survey.figures.comment_topics import Felt
from survey.results.marking import decided, pieces
from survey.results.reading import lang, name
from tests.survey.figures.organisation import organisation, process
from tests.survey.results.pages import opened, signed_in, text_of

PATH = "/results/comments"
KINDS = st.sampled_from(["attitude", "waiting", "gone"])
PLACES = st.tuples(st.integers(-3, 30), st.integers(-3, 30))


def _comment(text: str, method: str = "rules/1", **spans: Any) -> Any:
    return SimpleNamespace(text=text, method=method, spans=spans or None, language="en")


def _felt(*topics: str) -> list[Felt]:
    return [Felt(topic, "neutral") for topic in topics]


@given(
    st.text(max_size=24),
    st.lists(st.tuples(PLACES, st.floats(-4, 4)), max_size=5),
    st.lists(st.tuples(PLACES, KINDS), max_size=5),
)
def test_the_pieces_are_the_text_whatever_was_stored(text: str, opinions: Any, mentions: Any) -> None:
    comment = _comment(
        text,
        opinions=[[*place, weight] for place, weight in opinions],
        mentions=[[*place, topic, ""] for place, topic in mentions],
    )
    found = pieces(comment, terms("a"), _felt("attitude", "waiting"))
    assert "".join(one.text for one in found) == text
    assert {topic for one in found for topic in one.topics} <= {"attitude", "waiting"}
    assert all(set(one.ending) <= set(one.topics) for one in found)


def test_marks_over_each_other_are_each_told(app: Flask) -> None:
    comment = _comment("rude staff", opinions=[[0, 4, -2.1]], mentions=[[0, 10, "attitude", "respect"]])
    with app.test_request_context():
        found = pieces(comment, terms("staff"), _felt("attitude"))
        assert [(one.text, one.kinds, one.ending) for one in found] == [
            ("rude", ("con", "topical"), ()),
            (" ", ("topical",), ()),
            ("staff", ("hit", "topical"), ("attitude",)),
        ]
        assert found[0].said == "Counts against it · Staff attitude"
    assert decided(comment) == ([], ["rude"])


def test_what_a_person_decided_rests_on_no_word() -> None:
    comment = _comment("rude", method="person/1", opinions=[[0, 4, -2.1]])
    assert [one.kinds for one in pieces(comment, (), ())] == [()]
    assert decided(comment) == ([], [])


@pytest.mark.parametrize(
    ("text", "tag", "said"),
    [
        ("ห้องน้ำสะอาดมาก", "th", "Thai"),
        ("待ち時間が長い", "ja", "Japanese"),
        ("الطاقم لطيف", "und-Arab", "Arabic"),
        ("très bien", "", "Another language"),
    ],
)
def test_another_language_is_named_and_marked_where_its_letters_tell(
    app: Flask, text: str, tag: str, said: str
) -> None:
    comment = SimpleNamespace(text=text, language="und")
    with app.test_request_context():
        assert (lang(comment), name(comment, "en")) == (tag, said)


def test_the_page_marks_what_decided_in_masked_chinese_and_escapes_the_rest(app: Flask) -> None:
    place = organisation()
    place.answer(0, 0, {"staff": 1, "why": "请打13812345678 <b>护士态度很差</b>，等太久"})
    place.answer(0, 0, {"staff": 5, "why": "ห้องน้ำสะอาดมาก"})
    place.answer(0, 0, {"staff": 5}, times=20)
    process()
    page = opened(signed_in(app.test_client()), PATH, topic="attitude")
    said = re.search(r'<p class="said"[^>]*>(.*?)</p>', page, re.S)
    assert said and "13812345678" not in page
    assert "&lt;b&gt;" in said[1] and "<b>" not in said[1]
    assert re.search(r'<span class="[^"]*con[^"]*" title="[^"]*Counts against it[^"]*"[^>]*>[^<]*差', said[1])
    assert re.search(r'class="[^"]*topical[^"]*"[^>]*data-n="1"', said[1])
    assert "Words that count against it:" in text_of(page)
    foreign = opened(signed_in(app.test_client()), PATH, written_in="und")
    assert 'lang="th"' in foreign and "Written in: Thai" in text_of(foreign)
