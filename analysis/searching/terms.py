"""A query as typed: words, all of which are wanted, and phrases in quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .folding import folded
from .tokens import LONGEST_WORD, pairs, runs

MOST_TERMS = 10
_PARTS = re.compile(
    r"[\"“”„]([^\"“”„]*)(?:[\"“”„]|$)|「([^」]*)(?:」|$)|『([^』]*)(?:』|$)|([^\s\"“”„「『，、；]+)"
)


class Unsearchable(ValueError):
    """A part without letters and digits (`part`), or too many parts ("")."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that follow each other; `begun` where more letters may follow the last one."""

    typed: str
    tokens: tuple[str, ...]
    begun: bool


def terms(query: str) -> list[Term]:
    """Each once; [] for blanks. Raises Unsearchable."""
    found: dict[tuple[tuple[str, ...], bool], Term] = {}
    for match in _PARTS.finditer(query):
        quoted = next((part for part in match.groups()[:3] if part is not None), None)
        typed = match[4] if quoted is None else quoted
        if quoted is not None and not quoted.strip():
            continue
        term = _term(typed, whole=quoted is not None)
        found.setdefault((term.tokens, term.begun), term)
    if len(found) > MOST_TERMS:
        raise Unsearchable("")
    return list(found.values())


def _term(typed: str, whole: bool) -> Term:
    made = [(run, spaceless) for run, spaceless, _start in runs(folded(typed))]
    if not made:
        raise Unsearchable(typed.strip())
    *before, (last, spaceless) = made
    found = [
        token for run, pairwise in before for token in (pairs(run) if pairwise else [run[:LONGEST_WORD]])
    ]
    if spaceless:
        found += pairs(last)[:-1] or [last]
        return Term(typed, tuple(found), begun=len(last) == 1)
    return Term(typed, (*found, last[:LONGEST_WORD]), begun=not whole and len(last) > 1)
