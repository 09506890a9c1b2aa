"""Which comments are shown as examples: central, recent, not identifying."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from analysis.alarms import alarms

NEWEST = 60  # comments among which is chosen
SHORTEST, LONGEST = 8, 240  # columns of a text; a Chinese character takes two
ALIKE = 0.6  # cosine above which a second example would say the same again

_HAN, _WORD = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+"), re.compile("[^\\W\\d_]{2,}")
_FIGURES = re.compile(r"\d{3}|\d[\d:./-]+\d")  # a number, a date, a time of the day

Terms = dict[str, float]


@dataclass(frozen=True, slots=True)
class Said:
    """A comment that might be shown, as others read it; `hides` says that something in it is masked."""

    key: Hashable
    text: str
    hides: bool = False


def telling(comments: Sequence[Said], most: int = 2) -> tuple[Said, ...]:
    """At most so many of the comments, given newest first, all about one thing and of one tone.

    Not identifying: nothing in it is masked, no number of three digits, no date or time, no alarming words, at most 240
    columns wide (at least 8): what is told at length is recognised. Recent: of those the newest 60. Central:
    the one whose words the others share most, by the cosine between its words and the sum of all comments' (words in English,
    pairs of characters in Chinese; each weighted by ln(1 + n/df), Salton & Buckley 1988). The next in that order follow if
    they are not nearly the same again (cosine of at most 0.6 with each one before). The newer one on ties. May be empty.
    """
    open_to_all = [one for one in _different(comments) if shareable(one)][:NEWEST]
    words = _weighted([_terms(one.text) for one in open_to_all])
    middle: Counter[str] = Counter()
    for of in words:
        middle.update(of)
    order = sorted(range(len(words)), key=lambda at: -_cosine(words[at], middle))
    chosen: list[int] = []
    for at in order:
        if len(chosen) < most and all(_cosine(words[at], words[one]) <= ALIKE for one in chosen):
            chosen.append(at)
    return tuple(open_to_all[at] for at in chosen)


def shareable(said: Said) -> bool:
    """Whether nobody is likely to be recognised by it, and nothing in it asks for help rather than for readers."""
    columns = sum(2 if east_asian_width(one) in "WF" else 1 for one in said.text)
    return (
        not said.hides
        and SHORTEST <= columns <= LONGEST
        and not _FIGURES.search(said.text)
        and not alarms(said.text)
    )


def _different(comments: Sequence[Said]) -> list[Said]:
    """The same text once, the newest of it."""
    found: dict[str, Said] = {}
    for one in comments:
        found.setdefault(one.text.strip().lower(), one)
    return list(found.values())


def _terms(text: str) -> set[str]:
    low = text.lower()
    pairs = {run[at : at + 2] for run in _HAN.findall(low) for at in range(max(1, len(run) - 1))}
    return pairs | set(_WORD.findall(_HAN.sub(" ", low)))


def _weighted(found: Sequence[set[str]]) -> list[dict[str, float]]:
    often = Counter(term for terms in found for term in terms)
    return [{term: math.log(1 + len(found) / often[term]) for term in terms} for terms in found]


def _cosine(one: Terms, other: Terms | Counter[str]) -> float:
    both = math.fsum(weight * other[term] for term, weight in one.items() if term in other)
    lengths = math.sqrt(math.fsum(w * w for w in one.values()) * math.fsum(w * w for w in other.values()))
    return both / lengths if lengths else 0.0
