"""Chinese, in either script: own terms by longest match, and what the words around them do to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .clause import Sentences
from .scope import Scope
from .script import simplified
from .tables import Rule, rules, weights
from .types import Hit

METHOD = "zh-rules"

_DOMAINS = ("zh_hospital", "zh_power", "zh_telecom", "zh_bank", "zh_home", "zh_hongkong")
_TERMS: dict[str, Rule] = (
    {
        term: Rule("term", weight)
        for term, weight in weights("zh_praise", "zh_complaint", *_DOMAINS, "zh_neutral").items()
    }
    | rules("zh_rules")
    | dict.fromkeys(",;:：；，()（）~ \t", Rule("comma", 0.0))
    | dict.fromkeys(".。!！\n…", Rule("stop", 0.0))
    | dict.fromkeys("?？", Rule("asked", 0.0))
)
_LENGTHS: dict[str, tuple[int, ...]] = {
    first: tuple(sorted({len(term) for term in _TERMS if term[0] == first}, reverse=True))
    for first in {term[0] for term in _TERMS}
}

_LONG_WAIT = -1.5
_NUMBER = "[0-9一二两三四五六七八九十几半好]{1,6}"
_WAIT = re.compile(
    f"(?:等|排|候|拖|延误|耽误|晚|迟)[^。!?\n]{{0,8}}?{_NUMBER}个?半?多?(?:小时|钟头|天|周|星期|礼拜|月)"
)


class Token(NamedTuple):
    start: int
    end: int
    kind: str
    weight: float


def tokens(text: str) -> Iterator[Token]:
    """The longest known term at each place; what is between them is unknown and skipped."""
    place, length = 0, len(text)
    while place < length:
        step = 1
        for size in _LENGTHS.get(text[place], ()):
            rule = _TERMS.get(text[place : place + size])
            if rule and place + size <= length:  # a slice at the end is shorter than asked for
                yield Token(place, place + size, *rule)
                step = size
                break
        place += step


def chinese_hits(text: str) -> list[Hit]:
    """The terms of a normalised text that count, in order, each with its weight in its context."""
    text = simplified(text)
    sentences = Sentences()
    scope = Scope(text, sentences)
    for token in tokens(text):
        scope.read(token.start, token.end, token.kind, token.weight)
    scope.end_sentence()
    waits = [(wait.start(), wait.end(), _LONG_WAIT) for wait in _WAIT.finditer(text)]
    return sentences.hits + waits
