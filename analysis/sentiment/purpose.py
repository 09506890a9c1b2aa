"""What the question asked for: an answer to "what could be better" is a wish, whatever words it uses."""

from __future__ import annotations

import re
from itertools import islice

from .clause import WISHED
from .types import Hit

PURPOSES = frozenset({"good", "improve", "why", "open"})

_NAMED = 1.0  # weight of a thing that is only named: praise under "good", a complaint under "improve"
_WISH = -1.0
_MOST_SAID = 120  # characters in which nothing but a denial can stand
_MOST_WISHES = 20  # of one comment
_MOST_NAMED = 6  # words
_MOST_NAMED_HAN = 10  # characters

# "Nothing, all was well" answers the question first; "nothing worked" does not.
_NOTHING = re.compile(
    r"^\W*(?:(?:absolutely|really|honestly|literally) )?(?:nothing|none|no|nope|nil|n/a)(?: at all| really)?"
    r"(?: *[.;:!\-–—] *|,? +(?=(?:every\w*|all|it|they|we|you|the|very|excellent|perfect|great|good|brilliant|fantastic|"
    r"fabulous|amazing|wonderful|superb|outstanding|exceptional|first|thanks?|just|keep|staff|happy|as|couldn't|was \w+)\b))",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"^\W*(?:(?:there(?:'s| is| was| is not| was not| isn't| wasn't)|i have|absolutely|not|really|at present|no) ){0,3}"
    r"(?:nothing|none|anything|not much|very much|much|no comments?|no improvements?|cannot think|can't think)\b"
    r"(?: [a-z']+){0,4}\W*$|^\W*\w+ nothing\W*$|^\W*(?:暂时|暂|目前|真的|基本|好像)?(?:没|没有|无|沒有|無)(?:什么|什麼|啥)?\w{0,3}\W*$",
    re.IGNORECASE,
)
# A sentence that opens with what to do, or with more of something, is a wish.
_BEGINS = re.compile(
    r"(?:^|(?<=[.!?\n;]))\W*(?P<wish>be|being|have|having|make|making|get|getting|give|giving|provide|providing|"
    r"offer|allow|ensure|try|keep|keeping|stop|reduce|increase|speed|train|listen|answer|send|employ|hire|"
    r"more|better|quicker|faster|shorter|easier|clearer|cheaper|longer|fewer|less|earlier|sooner|nicer|cleaner|"
    r"warmer|friendlier|larger|bigger|improved?)\b(?! (?:it up|up the|well|happy|doing|thank))[^.!?\n;]*",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:i|i'\w+|we|they|he|she|it|you|was|were|is|are|am|been|did|had|has|have|because|just|very|so|test|\w+n't)\b",
    re.IGNORECASE,
)
_TOLD_HAN = re.compile("[我他她您了过都很是测]")
_MORE = re.compile(
    "(?:更加?|再|多)(?=[^了的，。]{1,6})|[^，。！？\n]{1,6}(?:一点|一些|点儿|些)(?=$|[，。！!.,])"
)


def answered(text: str, purpose: str) -> str:
    """The text with the "nothing" that answers the question blanked: every character keeps its place."""
    found = _NOTHING.match(text) if purpose == "improve" else None
    return " " * found.end() + text[found.end() :] if found else text


def denies(text: str, purpose: str) -> bool:
    """Whether a text without any term says in other words that there is nothing to improve."""
    return purpose == "improve" and len(text) <= _MOST_SAID and _DENIED.match(text) is not None


def _wishes(text: str, language: str) -> list[tuple[int, int, int]]:
    """Where wishes begin, where their opening word ends and how far they reach."""
    pattern = _MORE if language == "zh" else _BEGINS
    group = "wish" if pattern is _BEGINS else 0
    return [
        (m.start(group), m.end(group), m.end() + (8 if pattern is _MORE else 0))
        for m in islice(pattern.finditer(text), _MOST_WISHES)
    ]


def _wished(hits: list[Hit], text: str, language: str) -> list[Hit]:
    made = list(hits)
    for start, opened, end in _wishes(text, language):
        made = [(a, b, w * WISHED if w > 0 and start <= a < end else w) for a, b, w in made]
        if not any(w < 0 and start <= a < end for a, _, w in made):
            made.append((start, opened, _WISH))
    return made


def _named(said: str, language: str) -> bool:
    """Whether a text without any term is the mere name of a thing: no sentence, no person who did something."""
    if language != "en":
        return len(said) <= _MOST_NAMED_HAN and not _TOLD_HAN.search(said)
    return len(said.split()) <= _MOST_NAMED and not _TOLD.search(said)


def purpose_hits(hits: list[Hit], text: str, language: str, purpose: str) -> list[Hit]:
    """The hits of a text as the question's purpose has them read; one more where a thing is merely named."""
    if purpose not in {"good", "improve"} or language == "und":
        return hits
    if purpose == "improve":
        hits = _wished(hits, text, language)
    said = text.strip()
    if hits or not said or denies(text, purpose) or not _named(said, language):
        return hits
    start = text.index(said)
    return [(start, start + len(said), _NAMED if purpose == "good" else -_NAMED)]
