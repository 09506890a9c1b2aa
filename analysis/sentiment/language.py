"""Which language a comment is written in: by the share of Han characters, clause by clause."""

from __future__ import annotations

import re

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
LATIN = "A-Za-z\u00c0-\u024f"

_CLAUSE = re.compile(r"[^.!?;,:()。、…\n]+")
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(f"[{LATIN}][{LATIN}']*")
_HAN_SHARE = 0.3  # of the letters of a clause: "WiFi信号很差" is Chinese, "the 护士 was kind" is not
_SENTENCE = 2  # words: one foreign word, a name or an "APP", does not make a comment mixed


def _clause_languages(text: str) -> set[str]:
    found: set[str] = set()
    for clause in _CLAUSE.findall(text):
        han, words = len(_HAN.findall(clause)), _WORD.findall(clause)
        letters = sum(map(len, words))
        if han and han >= _HAN_SHARE * (han + letters):
            found.add("zh")
        elif len(words) >= _SENTENCE:
            found.add("en")
    return found


def language_of(text: str, hint: str | None = None) -> str:
    """ "en", "zh", "mixed" or, without a letter of either script, what the hint says or "und"."""
    han, latin = _HAN.search(text), _WORD.search(text)
    if han and latin:
        found = _clause_languages(text) or {"zh"}
        return found.pop() if len(found) == 1 else "mixed"
    if han or latin:
        return "zh" if han else "en"
    family = (hint or "").replace("-", "_").partition("_")[0].lower()
    return family if family in {"en", "zh"} else "und"
