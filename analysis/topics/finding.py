"""Where terms stand in a comment, whatever is felt about them: without anything of sentiment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from analysis.sentiment.language import HAN, LATIN
from analysis.sentiment.normalise import Clean, normalise
from analysis.sentiment.script import simplified

from .lexicon import Lexicon, listed, own
from .types import Found, Mention, OwnTerms

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(f"[{LATIN}]")


def prepared(text: str) -> tuple[Clean, str]:
    """A comment normalised, and the same with Simplified characters, in which terms are found."""
    clean = normalise(text)
    return clean, simplified(clean.text) if _HAN.search(clean.text) else clean.text


def found_in(text: str, lexicons: Sequence[Lexicon]) -> list[Found]:
    """What all lexicons find, in order; what two of them find alike counts once."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter whose small form is longer: every place would shift
        lower = text
    found: set[Found] = set()
    for terms in lexicons:
        if _HAN.search(text):
            found.update(terms.chinese.find(lower))
        if _LATIN.search(text):
            found.update(terms.english.find(text))
    return sorted(found)


def named(text: str, sector: str | None = None, extra: Iterable[OwnTerms] = ()) -> list[Mention]:
    """The terms of topics in a text, in order, a term once for each topic it belongs to: to try lists and own terms out.

    Takes what `read` takes, and raises the same; any string is read, blank ones have none.
    """
    given = tuple(extra)
    clean, plain = prepared(text)
    mentions = []
    for first, last, keys in found_in(plain, [listed(sector), own(given)] if given else [listed(sector)]):
        start, end = clean.place(first, last)
        mentions += [Mention(start, end, text[start:end], topic, subtopic) for topic, subtopic in keys]
    return mentions
