"""In which language and characters a comment is written, beside those of its reader."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Any

from babel import Locale
from opencc import OpenCC

from analysis.sentiment.script import is_traditional
from survey.names import LANGUAGES

MOST = 500  # characters that are looked at
LETTERS = {  # by how their names in Unicode begin
    "THAI": "th", "LAO": "lo", "KHMER": "km", "MYANMAR": "my", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja",
    "HEBREW": "he", "GREEK": "el", "GEORGIAN": "ka", "ARMENIAN": "hy", "TIBETAN": "bo", "MONGOLIAN": "mn",
    "ARABIC": "und-Arab", "CYRILLIC": "und-Cyrl", "DEVANAGARI": "und-Deva",
}  # fmt: skip

_WAYS = {"zh_Hans": "t2s", "zh_Hant": "s2t"}


def foreign(comment: Any, locale: str) -> bool:
    """Whether it is in another language than the reader's, as far as that is known."""
    read = "en" if locale == "en" else "zh"
    return comment.language not in (read, "mixed" if read == "zh" else read)


def converted(comment: Any, locale: str) -> str:
    """The text in the reader's Chinese characters where it has others; "" where there is nothing to convert."""
    if comment.language not in ("zh", "mixed") or locale not in _WAYS:
        return ""
    made: str = _converter(_WAYS[locale]).convert(comment.text)
    return made if made != comment.text else ""


@lru_cache(maxsize=2)
def _converter(way: str) -> OpenCC:
    return OpenCC(way)


def lang(comment: Any) -> str:
    """For browsers, which offer to translate; "" where it is not known."""
    if comment.language in ("zh", "mixed"):
        return "zh-Hant" if is_traditional(comment.text) else "zh-Hans"
    return "en" if comment.language == "en" else _by_letters(comment.text)


def name(comment: Any, locale: str) -> str:
    """Of its language, for the reader."""
    tag = _by_letters(comment.text) if comment.language == "und" else ""
    if not tag:
        return str(LANGUAGES.get(comment.language, comment.language))
    names = Locale.parse(locale)
    return str(names.languages.get(tag) or names.scripts.get(tag.removeprefix("und-")) or tag)


def _by_letters(text: str) -> str:
    """The language that alone is written in such letters, else their script; "" for Latin ones and signs."""
    counts = Counter(LETTERS.get(unicodedata.name(char, "").partition(" ")[0], "") for char in text[:MOST])
    del counts[""]
    if counts["ja"]:  # Chinese characters stand among them
        return "ja"
    return max(counts, key=counts.__getitem__, default="")
