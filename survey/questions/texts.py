"""A text in one or more languages, with places for the unit and the service type."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field, RootModel, model_validator

from survey.locales import LOCALES, say

Words = Annotated[str, Field(min_length=1, max_length=4000)]


class Text(RootModel[dict[str, Words]]):
    """`{"en": "…", "zh_Hans": "…", "zh_Hant": "…"}`; `{unit}` and `{service_type}` are filled in when asked."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="after")
    def _known_languages(self) -> Text:
        unknown = [locale for locale in self.root if locale not in LOCALES]
        if unknown or not self.root:
            raise ValueError("unknown_language")
        return self

    def say(self, locale: str, **places: str) -> str:
        text = say(self.root, locale)
        for name, value in places.items():
            text = text.replace("{" + name + "}", value)
        return text

    def base_text(self) -> dict[str, str]:
        """What decides whether the wording is unchanged: the first language given."""
        locale = next(iter(self.root))
        return {locale: self.root[locale]}

    def lacks(self, locales: Any) -> list[str]:
        return [locale for locale in locales if locale not in self.root]
