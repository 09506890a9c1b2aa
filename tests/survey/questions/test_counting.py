"""What is counted and exported for an answer, and when a trend goes on."""

from __future__ import annotations

from typing import Any

import pytest

from survey.questions.base import ANSWERED, NA
from tests.survey.questions.samples import OPTIONS, ROWS, points, question, words


def _fingerprint(type_: str, base: str = "en", **given: Any) -> str:
    return question(type_, **given).tracks(base)[0].fingerprint


def test_a_person_who_chose_two_options_is_counted_once_as_having_answered() -> None:
    assert list(question("choices").counts(["bus", "car"])) == [("q", ANSWERED), ("q", "bus"), ("q", "car")]


def test_each_row_of_a_matrix_is_counted_under_its_own_code() -> None:
    assert list(question("matrix").counts({"room": 2, "food": NA})) == [("q.room", "2"), ("q.food", NA)]
    assert list(question("matrix").counts({"room": 2})) == [("q.room", "2"), ("q.food", "missing")]


@pytest.mark.parametrize(("type_", "answer"), [("number", 12.5), ("date", "2024-01-01")])
def test_of_numbers_and_dates_only_their_being_given_is_counted(type_: str, answer: Any) -> None:
    assert list(question(type_).counts(answer)) == [("q", ANSWERED)]


@pytest.mark.parametrize(
    ("type_", "metric", "satisfied"),
    [
        ("rating", "csat", {"4", "5"}),
        ("smiley", "csat", {"4", "5"}),
        ("nps", "nps", {"9", "10"}),
        ("effort", "ces", {"5", "6", "7"}),
        ("matrix", "csat", {"3"}),
    ],
)
def test_each_scale_has_its_usual_metric_and_threshold(type_: str, metric: str, satisfied: set[str]) -> None:
    track = question(type_).tracks()[0]
    assert track.scale is not None
    assert (track.metric, track.scale.satisfied) == (metric, satisfied)


def test_a_mark_is_satisfied_from_80_on() -> None:
    scale = question("hundred").scale()
    assert scale is not None
    assert scale.satisfied == {str(value) for value in range(80, 101)}


def test_on_a_reversed_scale_the_low_values_are_the_satisfied_ones() -> None:
    usual = question("rating", reverse=True).scale()
    given = question("rating", reverse=True, satisfied_from=3).scale()
    assert usual and given and usual.reverse
    assert (usual.satisfied, given.satisfied) == ({"1", "2"}, {"1", "2", "3"})


def test_a_trend_goes_on_while_base_wording_and_scale_are_the_same() -> None:
    other_translation = words("How was it?") | {"zh_Hans": "怎么样？"}
    assert _fingerprint("rating") == _fingerprint("rating", wording=other_translation, required=True)
    assert _fingerprint("rating", "zh_Hans") != _fingerprint("rating", "zh_Hans", wording=other_translation)


@pytest.mark.parametrize(
    ("type_", "changed"),
    [
        ("rating", {"wording": words("How was the food?")}),
        ("rating", {"points": points(1, 2, 3, 4)}),
        ("rating", {"points": [*points(1, 2, 3, 4), {"value": 5, "label": words("superb")}]}),
        ("choice", {"options": OPTIONS[:2]}),
        ("matrix", {"wording": words("And now?")}),
        ("matrix", {"rows": [{"code": "room", "wording": words("the bed")}, ROWS[1]]}),
    ],
)
def test_a_trend_breaks_when_wording_or_scale_change(type_: str, changed: dict[str, Any]) -> None:
    assert _fingerprint(type_) != _fingerprint(type_, **changed)


def test_rows_can_be_added_to_a_matrix_without_breaking_the_others() -> None:
    more = [*ROWS, {"code": "staff", "wording": words("staff")}]
    assert _fingerprint("matrix") == _fingerprint("matrix", rows=more)


def test_a_trend_does_not_depend_on_the_order_in_which_languages_were_stored() -> None:
    turned = dict(reversed(words("How was it?").items()))
    assert _fingerprint("rating") == _fingerprint("rating", wording=turned)


def test_chosen_options_have_one_column_each() -> None:
    asked = question("choices")
    assert [column.name for column in asked.columns()] == ["q.bus", "q.car", "q.foot"]
    assert asked.cells(["bus", "foot"], None) == [1, 0, 1]
    assert asked.cells(["foot"], "zh_Hant") == [None, None, "foot。"]
    assert asked.cells(None, None) == [None, None, None]
    assert asked.cells(NA, None) == [NA, NA, NA]


def test_matrix_cells_are_codes_or_words() -> None:
    asked = question("matrix")
    assert asked.cells({"room": 2}, None) == [2, None]
    assert asked.cells({"room": 2, "food": NA}, "en") == ["point 2", "Not applicable"]
