"""Where the terms of a query stand in a text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from .folding import folded_with_origin
from .terms import Term
from .tokens import LONGEST_WORD, pairs, runs

Place = tuple[str, int, int]  # token, and where in the folded text it begins and ends


def spans(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """(start, end) in the text as written, in order, none over another; [] where nothing is found."""
    if not terms:
        return []
    plain, origin = folded_with_origin(text)
    places = _places(plain)
    found = sorted(
        (origin[start], _end(text, origin[end - 1] + 1))
        for term in terms
        for start, end in _hits(places, term)
    )
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _end(text: str, end: int) -> int:
    """An accent written by itself belongs to its letter."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _places(plain: str) -> list[Place]:
    made: list[Place] = []
    for run, spaceless, start in runs(plain):
        if spaceless:
            made += [(pair, start + i, start + i + len(pair)) for i, pair in enumerate(pairs(run))]
        else:
            made.append((run[:LONGEST_WORD], start, start + len(run)))
    return made


def _hits(places: Sequence[Place], term: Term) -> list[tuple[int, int]]:
    *exact, last = term.tokens
    found = []
    for first in range(len(places) - len(exact)):
        some = places[first : first + len(term.tokens)]
        if [token for token, _s, _e in some[:-1]] != exact:
            continue
        token, start, end = some[-1]
        if token == last or (term.begun and token.startswith(last)):
            found.append((some[0][1], start + len(last) if term.begun else end))
    return found
