"""What is said where a comment hides who could be known."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.masking import Kind

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "name": "[name]",
        "phone": "[phone]",
        "id": "[number]",
        "bed": "[bed]",
        "email": "[e-mail]",
        "address": "[address]",
    },
    "zh_Hans": {
        "name": "【姓名】",
        "phone": "【电话】",
        "id": "【号码】",
        "bed": "【床号】",
        "email": "【邮箱】",
        "address": "【地址】",
    },
    "zh_Hant": {
        "name": "【姓名】",
        "phone": "【電話】",
        "id": "【號碼】",
        "bed": "【床號】",
        "email": "【電郵】",
        "address": "【地址】",
    },
}
_TOKEN = re.compile(r"\[(" + "|".join(Kind) + r")\]")


def hides(text: str) -> bool:
    """Whether a masked comment has a token. One that somebody typed looks the same."""
    return _TOKEN.search(text) is not None


def hidden_words(text: str, locale: str) -> str:
    """A masked comment with its tokens in the language of the reader. Raises KeyError for another than ours."""
    words = _WORDS[locale]
    return _TOKEN.sub(lambda match: words[match[1]], text)


def blanked(text: str) -> str:
    """A masked comment with ends of sentences in place of its tokens: for what looks for words in it."""
    return _TOKEN.sub(lambda match: "。" * len(match[0]), text)
