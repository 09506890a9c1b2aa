"""What each type reads out of a sent form, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from survey.questions.base import NA, AnswerError
from tests.survey.questions.samples import OPTIONS, SAMPLES, TYPES, points, question, rows_sent, sent

SIMPLE = sorted(TYPES - {"matrix", "contact"})  # under a name of their own


def test_every_type_has_a_sample() -> None:
    assert set(SAMPLES) == TYPES


@pytest.mark.parametrize("type_", SIMPLE)
def test_nothing_sent_is_no_answer(type_: str) -> None:
    assert sent(type_) is None
    assert sent(type_, "") is None


@pytest.mark.parametrize(
    ("type_", "values", "answer"),
    [
        ("rating", ["5"], 5),
        ("smiley", ["1"], 1),
        ("nps", ["0"], 0),
        ("effort", ["7"], 7),
        ("choice", ["car"], "car"),
        ("choices", ["foot", "bus"], ["bus", "foot"]),
        ("choices", ["bus", "bus"], ["bus"]),
        ("hundred", ["８５"], 85),
        ("hundred", ["100"], 100),
        ("comment", [" Good.\r\nThanks\x00 "], "Good.\nThanks"),
        ("comment", [" \n "], None),
        ("date", ["2024-02-29"], "2024-02-29"),
        ("date", ["2024/3/5"], "2024-03-05"),
        ("date", ["2024年3月5日"], "2024-03-05"),
        ("number", ["１２．５"], 12.5),
        ("number", [" 1,000 "], 1000),
        ("number", ["\u22123"], -3),
        ("number", ["-0"], 0),
    ],
)
def test_a_sent_value_is_read(type_: str, values: list[str], answer: Any) -> None:
    assert sent(type_, *values) == answer


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        *[
            (type_, value)
            for type_ in ("rating", "smiley", "nps", "effort")
            for value in ("-1", "11", "３", "5.0")
        ],
        *[(type_, "na") for type_ in SIMPLE if type_ != "comment"],
        *[(type_, "NaN") for type_ in SIMPLE if type_ != "comment"],
        *[(type_, "1e309") for type_ in SIMPLE if type_ != "comment"],
        *[(type_, "4\x00") for type_ in SIMPLE if type_ != "comment"],
        *[(type_, "9" * 5000) for type_ in SIMPLE],
        ("choice", "plane"),
        ("choices", "plane"),
        ("hundred", "101"),
        ("hundred", "-1"),
        ("hundred", "50.5"),
        ("comment", "x" * 201),
        ("date", "2023-02-29"),
        ("date", "1899-12-31"),
        ("date", "２０２４-01-01"),
        ("date", "0000-01-01"),
        ("number", "1.25"),
        ("number", "1001"),
        ("number", "-11"),
        ("number", "inf"),
        ("number", "1,5"),
        ("number", "١"),
    ],
)
def test_a_hostile_value_is_refused(type_: str, value: str) -> None:
    with pytest.raises(AnswerError):
        sent(type_, value)


@pytest.mark.parametrize("type_", sorted({*SIMPLE} - {"choices"}))
def test_two_values_under_one_name_are_refused(type_: str) -> None:
    with pytest.raises(AnswerError):
        sent(type_, "1", "2")


@pytest.mark.parametrize("type_", [type_ for type_ in SIMPLE if type_ != "comment"])
def test_not_applicable_is_read_where_it_is_offered(type_: str) -> None:
    assert sent(type_, "na", not_applicable=True) == NA
    assert question(type_, not_applicable=True).accept(NA) == NA


@pytest.mark.parametrize(("type_", "value"), [("number", "5"), ("hundred", "50"), ("date", "2024-01-01")])
def test_the_not_applicable_box_wins_over_what_was_typed(type_: str, value: str) -> None:
    assert sent(type_, value, "na", not_applicable=True) == NA


def test_options_and_not_applicable_together_are_refused() -> None:
    with pytest.raises(AnswerError, match="not both"):
        sent("choices", "bus", "na", not_applicable=True)


def test_more_options_than_allowed_are_refused() -> None:
    with pytest.raises(AnswerError, match="2 at most"):
        sent("choices", "bus", "car", "foot")
    assert sent("choices", "bus", "car", "foot", options=OPTIONS, most=3) == ["bus", "car", "foot"]


def test_a_matrix_is_read_row_by_row() -> None:
    assert rows_sent({"food": "3", "room": "1"}) == {"room": 1, "food": 3}
    assert rows_sent({"food": "3"}) == {"food": 3}
    assert rows_sent({"room": "", "food": ""}) is None
    assert rows_sent({"room": "na", "food": "2"}, not_applicable=True) == {"room": "na", "food": 2}


def test_a_required_matrix_wants_every_row() -> None:
    with pytest.raises(AnswerError, match="every line"):
        rows_sent({"food": "3"}, required=True)
    assert rows_sent({}, required=True) is None
    assert rows_sent({"room": "1", "food": "3"}, required=True) == {"room": 1, "food": 3}


@pytest.mark.parametrize("answers", [{"room": "4"}, {"room": "na"}, {"food": "x"}])
def test_a_hostile_matrix_row_is_refused(answers: dict[str, str]) -> None:
    with pytest.raises(AnswerError):
        rows_sent(answers)


@pytest.mark.parametrize("answer", [{"cellar": 1}, {"room": [1]}, {"room": True}, [1, 2], "na", 1])
def test_a_matrix_answer_of_another_shape_is_refused(answer: Any) -> None:
    with pytest.raises(AnswerError):
        question("matrix").accept(answer)


def test_a_matrix_that_does_not_apply_is_so_in_each_row() -> None:
    assert question("matrix", not_applicable=True).accept("na") == {"room": "na", "food": "na"}


def test_negative_points_are_read() -> None:
    assert sent("rating", "-2", points=points(-2, 0, 2)) == -2
