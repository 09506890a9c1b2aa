"""In which languages a questionnaire is complete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from survey.questions.definition import Definition
from survey.questions.texts import Text


def texts_of(part: Any) -> Iterator[Text]:
    """Every text in a definition or a part of it."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts_of(getattr(part, name))
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from texts_of(value)
    elif isinstance(part, tuple | list):
        for value in part:
            yield from texts_of(value)


def complete_languages(definition: Definition) -> tuple[str, ...]:
    """Of the languages it declares, those in which no text is lacking."""
    texts = list(texts_of(definition))
    return tuple(locale for locale in definition.languages if not any(t.lacks([locale]) for t in texts))
