"""English sentences that deny any fault in many words: "I can't think of anything that could have been better"."""

from __future__ import annotations

import re

from .types import Hit

_DENIED = 1.6  # as "no problems"

_FAULT = re.compile("improv|better|differen|chang|fault|complain|critic", re.IGNORECASE)
_BETWEEN = (
    "a|about|all|am|and|any|anything|anyone|are|as|at|be|been|being|can|could|did|do|does|done(?! to)|else|ever|feel|felt|find|"
    "for|found|has|have|honestly|how|i|in|is|it|me|more|much|my|need|needed|needs|of|on|one|opinion|possibly|really|say|"
    "see|service|should|single|so|suggest|that|the|there|they|thing|things|think|this|to|was|way|ways|we|were|what|which|"
    "with|would|you|your"
)
_SENTENCE = re.compile(
    r"\b(?P<no>nothing|nowt|not|n't|can't|couldn't|don't|dont|didn't|cant|couldnt|isn't|wasn't|cannot|never|hard to)(?![\w'])"
    rf"(?P<between>(?:[ ,]+(?:{_BETWEEN})\b(?!'))*)"
    r"[ ,]+(?:improve[ds]?|improving|improvements?|better|be bettered|differently|changed?|faults?|faulted|complain(?:ts?)?|"
    r"criticisms?|criticise)\b",
    re.IGNORECASE,
)
_COULD = re.compile(
    r"\b(?:could|can|would|should|needs?|needed|to)\b", re.IGNORECASE
)  # "nothing changed" is none
_OF_ANY = re.compile(r"\b(?:any|anything|thing|how)\b", re.IGNORECASE)


def _stretches(text: str) -> list[tuple[int, int]]:
    """Only where "nothing" or "not … any" goes with the fault: "not better" is no praise."""
    if not _FAULT.search(text):
        return []
    return [
        match.span()
        for match in _SENTENCE.finditer(text)
        if _COULD.search(match["no"] + match["between"])
        and (match["no"].lower() in {"nothing", "nowt"} or _OF_ANY.search(match["between"]))
    ]


def with_denials(hits: list[Hit], text: str) -> list[Hit]:
    """The hits without those inside a denial, which counts as one term of praise."""
    found = _stretches(text.replace("\u2019", "'"))
    for start, end in found:
        hits = [hit for hit in hits if hit[1] <= start or hit[0] >= end]
    return hits + [(start, end, _DENIED) for start, end in found]
