"""Which answers are counted jointly."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from survey.design import library
from survey.design.service import publish, save_draft
from survey.processing.joint_layout import MOST_LEVELS, Layout, layout_of
from tests import factories

WORDS = {"wording": {"en": "Well?", "zh_Hans": "如何？"}}


def _mark(code: str, **given: Any) -> dict[str, Any]:
    return {"type": "hundred", "code": code} | WORDS | given


def _choice(code: str, many: int, **given: Any) -> dict[str, Any]:
    options = [{"code": f"o{n}", "label": {"en": f"{n}", "zh_Hans": f"{n}"}} for n in range(many)]
    return {"type": "choice", "code": code, "options": options} | WORDS | given


def layout(*sections: list[dict[str, Any]], **of_second: Any) -> Layout:
    made = [{"code": f"s{n}", "questions": questions} for n, questions in enumerate(sections)]
    if of_second:
        made[1] |= of_second
    version = factories.published(sections=made).published
    assert version
    return layout_of(version)


def codes(of: Layout) -> list[str]:
    return [item.code for item in of.items]


def test_closed_questions_of_one_answer_count_in_their_order(app: Flask) -> None:
    several = _choice("services", 3) | {"type": "choices"}
    number = {"type": "number", "code": "minutes"} | WORDS
    comment = {"type": "comment", "code": "why"} | WORDS
    found = layout(
        [_choice("age", 4), comment, _mark("mark"), several, number, {"type": "nps", "code": "nps"} | WORDS]
    )
    assert codes(found) == ["age", "mark", "nps"]
    assert [len(item.levels) for item in found.items] == [4, 101, 11]
    assert found.items[0].numbers is None
    assert found.items[2].numbers == tuple(range(11))
    assert found.always == ("mark", "nps")


def test_questions_with_numbers_come_first_where_not_all_fit(app: Flask) -> None:
    found = layout(
        [_choice("ward", 100), _mark("a"), _mark("b"), _mark("c"), _choice("age", 4), _choice("sex", 2)]
    )
    assert codes(found) == ["a", "b", "age", "sex"]
    assert found.shape.levels <= MOST_LEVELS


def test_only_questions_that_everybody_sees_must_be_answered(app: Flask) -> None:
    asked = {"question": "age", "value": "o1"}
    found = layout(
        [_choice("age", 2), _mark("a"), {"type": "nps", "code": "b", "show_if": asked} | WORDS],
        [{"type": "nps", "code": "c"} | WORDS],
        show_if=asked,
    )
    assert codes(found) == ["age", "a", "b", "c"]
    assert found.always == ("a",)


@pytest.mark.parametrize("name", library.codes())
def test_every_questionnaire_that_ships_has_its_closed_questions_counted(app: Flask, name: str) -> None:
    version = save_draft(library.document(name))
    publish(version)
    found = layout_of(version)
    assert found.always
    assert found.shape.levels <= MOST_LEVELS
