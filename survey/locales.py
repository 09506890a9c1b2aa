"""The three languages of the interface and of every questionnaire, and how a request maps to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

LOCALES = ("zh_Hans", "zh_Hant", "en")
NAMES = {"zh_Hans": "简体中文", "zh_Hant": "繁體中文", "en": "English"}
TAGS = {"zh_Hans": "zh-Hans", "zh_Hant": "zh-Hant", "en": "en"}
_TRADITIONAL = ("hant", "tw", "hk", "mo")


def closest(tag: str | None) -> str | None:
    """The locale for a language tag as browsers and people write it, or None.

    zh-TW, zh_HK and zh-Hant-MO are zh_Hant; any other Chinese is zh_Hans; any English is en.
    """
    parts = (tag or "").replace("_", "-").lower().split("-")
    if parts[0] == "en":
        return "en"
    if parts[0] == "zh":
        return "zh_Hant" if any(part in _TRADITIONAL for part in parts[1:]) else "zh_Hans"
    return None


def first_of(tags: Iterable[str | None], default: str) -> str:
    """The locale of the first tag that maps to one."""
    return next((locale for locale in map(closest, tags) if locale), default)


def say(text: Mapping[str, str] | None, locale: str) -> str:
    """A text in the wanted language, else in the nearest that it has: never nothing if there is one."""
    if not text:
        return ""
    nearest = {"zh_Hans": ("zh_Hant", "en"), "zh_Hant": ("zh_Hans", "en"), "en": ("zh_Hans", "zh_Hant")}
    for candidate in (locale, *nearest.get(locale, LOCALES)):
        if text.get(candidate):
            return text[candidate]
    return next(iter(text.values()))
