"""The three languages and how a phrase is taken from them."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.wording import en, zh_hans, zh_hant
from analysis.wording.phrases import SUBJECTS

_COMMON = {"en": en.TEXTS, "zh_Hans": zh_hans.TEXTS, "zh_Hant": zh_hant.TEXTS}
LANGUAGES: Mapping[str, Mapping[str, str]] = {
    locale: {key: text for subject in (_COMMON, *SUBJECTS) for key, text in subject[locale].items()}
    for locale in _COMMON
}


def phrase(locale: str, key: str, **values: object) -> str:
    """The phrase in the language; `values` are inserted as they are.

    Raises ValueError for a language other than en, zh_Hans and zh_Hant, KeyError for an unknown phrase.
    """
    texts = LANGUAGES.get(locale)
    if texts is None:
        raise ValueError(f"no sentences in {locale!r}, only in {', '.join(LANGUAGES)}")
    return texts[key].format(**values)


def counted(locale: str, key: str, n: int) -> str:
    """A number of things, such as `answers`: 1 answer, 1,601 answers."""
    return phrase(locale, f"{key}_one" if n == 1 else key, n=f"{n:,}")


def cited(locale: str, label: str) -> str:
    """A label inside a sentence: one that is a sentence itself stands in quotation marks."""
    return (
        phrase(locale, "cited", label=label)
        if label.rstrip().endswith(("?", "？", ".", "。", "!", "！"))
        else label
    )
