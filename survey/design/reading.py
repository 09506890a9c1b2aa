"""Reading a definition: what is wrong with it is said with path and line, several errors at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from survey.design import messages
from survey.design.lines import Lines, Path, written
from survey.design.source import DefinitionErrors, Flaw, document_of, text_of
from survey.questions.definition import Definition
from survey.questions.problems import Problems
from survey.questions.texts import texts_in


def read_document(source: bytes) -> dict[str, Any]:
    """The document in a file that somebody wrote. Raises DefinitionErrors."""
    text = text_of(source)
    document: dict[str, Any] = document_of(text)
    lines = Lines(text)
    repeated = [
        Flaw(written(path), lines.at(path), messages.own("repeated_key", {"name": str(path[-1])}))
        for path in lines.repeated()
    ]
    if repeated:
        raise DefinitionErrors(repeated)
    check(document, lines)
    return document


def check(document: Any, lines: Lines | None = None) -> Definition:
    """The definition in a document. Raises DefinitionErrors."""
    try:
        return Definition.model_validate(document)
    except ValidationError as error:
        places = lines or Lines()
        errors = [e for e in error.errors(include_url=False) if not _follows_from_others(e)]
        flaws = [flaw for e in errors for flaw in _flaws(e, document, places)]
        one_a_path = {flaw.path: flaw for flaw in flaws}
        raise DefinitionErrors(sorted(one_a_path.values(), key=lambda flaw: flaw.line or 0)) from None


def missing_translations(definition: Definition) -> list[tuple[str, str]]:
    """(locale, path) of each text that lacks one of the questionnaire's languages."""
    return [
        (locale, written(path))
        for path, text in texts_in(definition)
        for locale in text.lacks(definition.languages)
    ]


def _follows_from_others(error: ErrorDetails) -> bool:
    """Pydantic calls a list too short when its items were refused."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _flaws(error: ErrorDetails, document: Any, lines: Lines) -> Iterator[Flaw]:
    path = _in_document(error["loc"], document)
    context = error.get("ctx", {})
    problems = context.get("error")
    if isinstance(problems, Problems):
        for found in problems.problems:
            place = (*path, *found.path)
            yield Flaw(written(place), lines.at(place), messages.own(found.code, found.detail))
    else:
        name = str(path[-1]) if path else ""
        yield Flaw(written(path), lines.at(path), messages.pydantic(error["type"], name, context))


def _in_document(location: Path, document: Any) -> Path:
    """Pydantic's path without what only pydantic knows: the branches of unions, the marks of keys."""
    path: list[str | int] = []
    here = document
    for index, part in enumerate(location):
        inside = isinstance(here, dict) and part in here
        if inside or (isinstance(here, list) and isinstance(part, int)):
            here = here[part]
            path.append(part)
        elif (
            isinstance(here, dict) and index == len(location) - 1 and part not in (here.get("type"), "[key]")
        ):
            path.append(part)  # what is missing
    return path
