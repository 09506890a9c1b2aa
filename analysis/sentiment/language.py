"""Which language a comment is written in: by its letters, Han characters clause by clause."""

from __future__ import annotations

import re

from .tables import rows

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
LATIN = "A-Za-z\u00c0-\u024f"

_CLAUSE = re.compile(r"[^.!?;,:()。、…\n]+")
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(f"[{LATIN}][{LATIN}']*")
_LETTER = re.compile(f"[{LATIN}]")
_OTHER = re.compile(rf"[^\W\d_{HAN}{LATIN}]")  # a letter of any other script
_HAN_SHARE = 0.3  # of the letters of a clause: "WiFi信号很差" is Chinese, "the 护士 was kind" is not
_OTHER_SHARE = 0.3  # of all letters: beyond it the comment is in a language that is not read
_SENTENCE = 2  # words: one foreign word, a name or an "APP", does not make a comment mixed

# Latin letters need not be English: the commonest words of ten other languages against the commonest English ones.
_SMALL = [(language, word) for language, *words in rows("small_words") for word in words]
_ENGLISH = frozenset(word for language, word in _SMALL if language == "en")
_FOREIGN = frozenset(word for language, word in _SMALL if language == "other")


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


def _unread(text: str) -> bool:
    """Whether too many letters are of a script that no scorer reads."""
    if text.isascii() or not _OTHER.search(text):
        return False
    other = len(_OTHER.findall(text))
    return other >= _OTHER_SHARE * (other + len(_HAN.findall(text)) + len(_LETTER.findall(text)))


def _foreign(text: str) -> bool:
    """Whether Latin letters spell another language than English: two of its small words, and more than English ones."""
    words = text.lower().split()
    foreign = sum(word in _FOREIGN for word in words)
    return foreign >= _SENTENCE and foreign > sum(word in _ENGLISH for word in words)


def language_of(text: str, hint: str | None = None) -> str:
    """ "en", "zh", "mixed"; "und" where it is another language.

    Without any letter what the hint says, or "und".
    """
    if _unread(text):
        return "und"
    han, latin = _HAN.search(text), _LETTER.search(text)
    if han and latin:
        found = _clause_languages(text) or {"zh"}
        return found.pop() if len(found) == 1 else "mixed"
    if han or latin:
        return "zh" if han else "und" if _foreign(text) else "en"
    family = (hint or "").replace("-", "_").partition("_")[0].lower()
    return family if family in {"en", "zh"} else "und"


def has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
