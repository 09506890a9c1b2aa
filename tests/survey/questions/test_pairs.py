"""Questions that belong together: an expectation and what was found, a feature and its absence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from survey.design import library
from survey.design.reading import read_document
from survey.design.source import DefinitionErrors
from survey.questions.definition import Definition
from tests import factories

POINTS = [{"value": value} for value in (1, 2, 3, 4, 5)]
FEELINGS = [
    {"code": code, "label": {"en": code, "zh_Hans": code}}
    for code in ("like", "must", "neutral", "live", "dislike")
]
ROWS = [{"code": code, "wording": {"en": code, "zh_Hans": code}} for code in ("speed", "care")]
ASKED = {"en": "How?", "zh_Hans": "如何？"}


def rating(code: str, **more: Any) -> dict[str, Any]:
    return {"type": "rating", "code": code, "wording": ASKED, "points": POINTS} | more


def matrix(code: str, **more: Any) -> dict[str, Any]:
    return {"type": "matrix", "code": code, "wording": ASKED, "points": POINTS, "rows": ROWS} | more


def choice(code: str, **more: Any) -> dict[str, Any]:
    return {"type": "choice", "code": code, "wording": ASKED, "options": FEELINGS} | more


def asking(*questions: dict[str, Any]) -> dict[str, Any]:
    return factories.document(sections=[{"code": "all", "questions": list(questions)}])


def flaws(*questions: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(DefinitionErrors) as caught:
        read_document(json.dumps(asking(*questions)).encode())
    return [(flaw.path, flaw.message) for flaw in caught.value.flaws]


def test_an_expectation_is_known_by_the_lines_of_figures_it_belongs_to() -> None:
    found = Definition.model_validate(
        asking(matrix("wished", expectation_of="found"), matrix("found"), rating("whole"))
    ).tracks
    assert found["wished.care"].expectation_of == "found.care"
    assert found["found.care"].expectation_of is None
    assert found["whole"].absence_of is None


def test_the_absence_of_a_feature_is_known_by_the_question_on_the_feature() -> None:
    found = Definition.model_validate(asking(choice("tea"), choice("no_tea", absence_of="tea"))).tracks
    assert found["no_tea"].absence_of == "tea"


def test_a_pair_leaves_the_series_of_both_as_they_are() -> None:
    alone = Definition.model_validate(asking(rating("found"), rating("wished"))).tracks
    paired = Definition.model_validate(asking(rating("found"), rating("wished", expectation_of="found")))
    assert paired.tracks["wished"].fingerprint == alone["wished"].fingerprint


@pytest.mark.parametrize(
    "questions",
    [
        [rating("wished", expectation_of="nothing")],
        [rating("wished", expectation_of="wished")],
        [rating("wished", expectation_of="found"), matrix("found")],
        [rating("a", expectation_of="b"), rating("b", expectation_of="c"), rating("c")],
    ],
)
def test_a_partner_that_cannot_be_one_is_told_at_its_place(questions: list[dict[str, Any]]) -> None:
    path, message = flaws(*questions)[0]
    assert path == "sections[0].questions[0].expectation_of"
    assert "no other question" in message


@pytest.mark.parametrize(
    "questions",
    [
        [rating("wished", expectation_of="found"), rating("found", points=POINTS[:4])],
        [rating("wished", expectation_of="found"), rating("found", reverse=True)],
        [matrix("wished", expectation_of="found"), matrix("found", rows=ROWS[:1])],
        [choice("no_tea", absence_of="tea"), choice("tea", options=FEELINGS[::-1])],
        [choice("no_tea", absence_of="tea", options=FEELINGS[:4]), choice("tea", options=FEELINGS[:4])],
    ],
)
def test_answers_that_differ_make_no_pair(questions: list[dict[str, Any]]) -> None:
    assert "the same answers in the same order" in flaws(*questions)[0][1]


def test_a_question_has_one_partner_only() -> None:
    found = flaws(rating("found"), rating("a", expectation_of="found"), rating("b", expectation_of="found"))
    assert found[0][0] == "sections[0].questions[2].expectation_of"
    assert "belongs to “found” already" in found[0][1]


@pytest.mark.parametrize("field", ["expectation_of", "absence_of"])
def test_types_without_pairs_refuse_the_field(field: str) -> None:
    comment = {"type": "comment", "code": "why", "wording": ASKED, field: "found"}
    assert "not known here" in flaws(rating("found"), comment)[0][1]


def test_the_library_shows_both_kinds_of_pairs() -> None:
    tracks = library.definition("rater-gap").tracks
    assert sum(track.expectation_of is not None for track in tracks.values()) == 10
    assert sum(track.absence_of is not None for track in tracks.values()) == 3
