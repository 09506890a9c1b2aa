"""A text in one or more languages, with places for the unit and the service type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel, model_validator

from survey.locales import LOCALES, say
from survey.questions.problems import Problems, problem

PLACES = ("unit", "service_type")
_PLACE = re.compile(r"\{(\w*)\}")
# What no database and no page takes alike: control characters but tab and line feed, lone surrogates.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def _readable(words: str) -> str:
    if not words.strip():
        raise Problems(problem("empty_text"))
    if _UNPRINTABLE.search(words):
        raise Problems(problem("unprintable"))
    for name in _PLACE.findall(words):
        if name not in PLACES:
            raise Problems(problem("unknown_place", name=name))
    return words


Words = Annotated[str, Field(min_length=1, max_length=4000), AfterValidator(_readable)]


class Text(RootModel[dict[str, Words]]):
    """`{"en": "…", "zh_Hans": "…", "zh_Hant": "…"}`; `{unit}` and `{service_type}` are filled in when asked."""

    model_config = ConfigDict(frozen=True, strict=True)

    @model_validator(mode="after")
    def _known_languages(self) -> Text:
        if not self.root:
            raise Problems(problem("empty_text"))
        unknown = [locale for locale in self.root if locale not in LOCALES]
        if unknown:
            raise Problems(*(problem("unknown_language", name, name=name) for name in unknown))
        return self

    def say(self, locale: str, **places: str) -> str:
        text = say(self.root, locale)
        return _PLACE.sub(lambda found: places.get(found[1], found[0]), text)

    def base_text(self, base: str | None = None) -> dict[str, str]:
        """The words in the language that decides whether a wording is unchanged."""
        locale = base if base in self.root else min(self.root)
        return {locale: self.root[locale]}

    def lacks(self, locales: Iterable[str]) -> list[str]:
        return [locale for locale in locales if locale not in self.root]


def texts_in(part: Any, *path: str | int) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    """Every text in a part of a definition, with its path in the document."""
    if isinstance(part, Text):
        yield path, part
    elif isinstance(part, BaseModel):
        for name, field in type(part).model_fields.items():
            yield from texts_in(getattr(part, name), *path, field.alias or name)
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from texts_in(value, *path, key)
    elif isinstance(part, tuple):
        for index, value in enumerate(part):
            yield from texts_in(value, *path, index)
