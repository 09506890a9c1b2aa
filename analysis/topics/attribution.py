"""Which opinion belongs to which topic: by clause, within a clause by distance."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.sentiment import Span
from analysis.sentiment.language import HAN

_SENTENCE = r"[!?！？。\n]+|(?<!\d)\.|\.(?!\d)"
_CUT = re.compile(
    rf"(?P<end>{_SENTENCE})|[,;:，；：…~～()（）]+|\b(?:but|however|although|though|whereas|except|yet)\b"
    rf"|(?<=[{HAN}])\s+(?=[{HAN}])|但是|但|不过|可是|然而|只是|虽然|虽说|尽管"
)
_ALPHA = 15  # VADER's normalisation, as in sentiment/score.py: one scale


@dataclass(slots=True)
class Clause:
    start: int
    sentence: int
    hits: list[Span] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)


def cut(text: str) -> list[Clause]:
    """The clauses of a normalised, simplified text, each with where it begins and the number of its sentence."""
    clauses, sentence = [Clause(0, 0)], 0
    for match in _CUT.finditer(text):
        sentence += match["end"] is not None
        clauses.append(Clause(match.start(), sentence))
    return clauses


def _nearest(hit: Span, mentions: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The mention (in order of place) nearest to a hit: the one before it where two are equally near."""
    after = bisect_right(mentions, (hit.start, hit.end))
    near = mentions[max(0, after - 2) : after + 2]
    return min(near, key=lambda place: max(0, place[0] - hit.end, hit.start - place[1]))


def _shares(clause: Clause) -> dict[tuple[int, int], float]:
    """The weight of a clause that is about each of its mentions; nothing without any opinion in the clause.

    Where opinions go both ways, each counts for the mention nearest to it; mentions without one get the whole.
    """
    if not clause.hits:
        return {}
    weights = [hit.weight for hit in clause.hits]
    whole = dict.fromkeys(clause.mentions, math.fsum(weights))
    if len(whole) < 2 or min(weights) > 0 or max(weights) < 0:
        return whole
    mentions, near = sorted(whole), dict[tuple[int, int], float]()
    for hit in clause.hits:
        place = _nearest(hit, mentions)
        near[place] = near.get(place, 0.0) + hit.weight
    return whole | near


def _borrowed(clauses: Sequence[Clause], at: int) -> float:
    """The opinion of a neighbour in the same sentence, where the clause itself has none: the next before the last."""
    for other in (at + 1, at - 1):
        if 0 <= other < len(clauses) and clauses[other].sentence == clauses[at].sentence:
            clause = clauses[other]
            if clause.hits:
                return math.fsum(hit.weight for hit in clause.hits)
    return 0.0


def weigh(text: str, hits: Sequence[Span], places: Sequence[tuple[int, int]]) -> list[float]:
    """The sum of weights that belongs to each place of a text. Hits and places stand in the same text."""
    clauses = cut(text)
    starts = [clause.start for clause in clauses]
    for hit in hits:
        clauses[bisect_right(starts, hit.start) - 1].hits.append(hit)
    homes = [bisect_right(starts, start) - 1 for start, _ in places]
    for home, place in zip(homes, places, strict=True):
        clauses[home].mentions.append(place)
    shares = {home: _shares(clauses[home]) or _borrowed(clauses, home) for home in set(homes)}
    return [_weight(shares[home], place) for home, place in zip(homes, places, strict=True)]


def _weight(share: dict[tuple[int, int], float] | float, place: tuple[int, int]) -> float:
    return share[place] if isinstance(share, dict) else share


def score(total: float) -> float:
    """A sum of weights on the scale -1…1."""
    return round(total / math.sqrt(total * total + _ALPHA), 4)
