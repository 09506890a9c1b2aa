"""All finders together."""

from __future__ import annotations

from collections.abc import Iterable

from . import addresses, chinese, codes, english
from .types import Masked, Span, covered

VERSION = 1  # of rules and lists; 0 stands for a text that nothing has looked at
LONGEST = 20_000  # characters; the longest comment a questionnaire allows

_PIECE = 2_000  # characters looked at together, for names; keeps any text linear

# One for one, so that places stay: full-width forms, quotes, the ideographic space.
_FOLD = {0xFF00 + i: 0x20 + i for i in range(1, 0x5F)} | str.maketrans({"’": "'", "‘": "'", "\u3000": " "})
_KEPT = {ord(mark) for mark in "，：；！？（）"}  # Chinese punctuation stays what it is
_FOLDED = {number: folded for number, folded in _FOLD.items() if number + 0 not in _KEPT}
_RANK = {
    finder: rank for rank, finder in enumerate((codes.found, addresses.found, chinese.found, english.found))
}


def mask(text: str) -> Masked:
    """The text with tokens such as [name] where somebody could be known, and what they stand for.

    `unmask(masked.text, masked.hidden)` is `text` again. Any string is taken: empty, 100 kB, emoji, lone surrogates;
    a text in neither language is searched for numbers, e-mail and what looks like them. Never raises for a str.
    Places are characters (code points). Source: rules and lists of our own; see docs/masking.md for what they reach.
    """
    folded = text.translate(_FOLDED)
    spans = [span for find in _RANK for span in find(folded)]
    return covered(text, _apart(spans)) if spans else Masked(text)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """In order; those that overlap become one, of the kind of the longest."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if found and span.start < found[-1].end:
            last = found[-1]
            longest = max(last, span, key=lambda s: s.end - s.start)
            found[-1] = Span(last.start, max(last.end, span.end), longest.kind)
        else:
            found.append(span)
    return found
