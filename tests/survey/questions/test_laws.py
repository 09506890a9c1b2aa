"""Whatever comes in: an answer that can be stored and read again, or AnswerError."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from survey.questions.base import ANSWERED, MISSING, NA, Answer, AnswerError, Question
from tests.survey.questions.samples import TYPES, question

QUESTIONS = [question(t) for t in sorted(TYPES)] + [
    question(t, not_applicable=True) for t in sorted(TYPES - {"comment", "contact"})
]
LIKELY = st.sampled_from(
    ["bus", "car", "room", "food", NA, "2024-02-29", "5", "９", "", 0, 3, 7, 88, 2.5, None]
)
JSON = st.recursive(
    LIKELY | st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["room", "food"]) | st.text(), inner)
    ),
    max_leaves=8,
)
each_question = pytest.mark.parametrize("asked", QUESTIONS, ids=lambda q: f"{q.type}-{q.not_applicable}")


def _stays(asked: Question, answer: Answer | None) -> None:
    """Survives JSON, is accepted again as it is, and is counted under the question's own tracks."""
    stored = json.loads(json.dumps(answer, allow_nan=False))
    assert stored == answer
    if answer is not None:
        assert asked.accept(stored) == answer
    tracks = {track.code: track for track in asked.tracks()}
    for code, value in asked.counts(answer):
        assert value in {*tracks[code].labels, NA, MISSING, ANSWERED}
    assert len(asked.cells(answer, None)) == len(asked.cells(answer, "zh_Hant")) == len(asked.columns())


@each_question
@given(value=JSON)
@example(value=float("nan"))
@example(value=10**400)
@example(value=1e308)
@example(value=-1)
@example(value="\x00")
@example(value="\ud800")
@example(value=True)
def test_any_json_value_is_an_answer_or_refused(asked: Question, value: Any) -> None:
    try:
        answer = asked.accept(value)
    except AnswerError:
        return
    _stays(asked, answer)


@each_question
@given(values=st.lists(LIKELY.map(str) | st.text() | st.integers().map(str), max_size=3))
def test_any_form_is_an_answer_or_refused(asked: Question, values: list[str]) -> None:
    form = MultiDict(
        [(name, value) for value in values for name in ("q", "q.room", "q.food", "q.email", "q.agreed")]
    )
    try:
        answer = asked.read(form)
    except AnswerError:
        return
    _stays(asked, answer)


@each_question
def test_an_answer_counts_each_track_once_when_it_is_missing(asked: Question) -> None:
    assert list(asked.counts(None)) == [(track.code, MISSING) for track in asked.tracks()]
