"""The examples in docs/questionnaire.md are right."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from survey.config import ROOT
from survey.questions import AnyQuestion
from survey.questions.conditions import Condition
from tests.survey.questions.samples import TYPES

TEXT = (ROOT / "docs" / "questionnaire.md").read_text(encoding="utf-8")


def _objects(heading: str) -> Iterator[Any]:
    """The JSON objects in the first block of code below a heading."""
    block = re.search(r"```json\n(.*?)```", TEXT.split(heading, 1)[1], re.DOTALL)
    assert block is not None
    text = block[1].strip()
    while text:
        found, end = json.JSONDecoder().raw_decode(text)
        yield found
        text = text[end:].strip()


def test_the_document_has_a_right_example_of_every_type() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(AnyQuestion)
    assert {adapter.validate_python(example).type for example in _objects("\n## Questions\n")} == TYPES


def test_the_document_has_right_conditions() -> None:
    conditions = [Condition.model_validate(example) for example in _objects("\n## Conditions\n")]
    assert conditions[0].holds({"overall": 2}) and not conditions[0].holds({"overall": "na"})
    assert conditions[1].holds({"settled": "partly"}) and not conditions[1].holds({})
    assert conditions[2].holds({"overall": 5, "easy": 3})
