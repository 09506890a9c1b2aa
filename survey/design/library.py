"""The questionnaires that ship with the program, ready to use or to start from."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from survey.design.reading import check
from survey.errors import Missing
from survey.questions.definition import Definition

FOLDER = Path(__file__).parent / "library"


def codes() -> list[str]:
    return sorted(file.stem for file in FOLDER.glob("*.json"))


def source(code: str) -> bytes:
    """The file as it ships. Raises Missing."""
    if code not in codes():
        raise Missing
    return (FOLDER / f"{code}.json").read_bytes()


def document(code: str) -> dict[str, Any]:
    """The questionnaire's definition as a JSON document. Raises Missing."""
    found: dict[str, Any] = json.loads(source(code))
    return found


@cache
def definition(code: str) -> Definition:
    """Raises Missing."""
    return check(document(code))
