"""What both languages share: clauses of a sentence, and the weights contrast and question give them."""

from __future__ import annotations

from dataclasses import dataclass, field

from .types import Hit

BEFORE_BUT, AFTER_BUT = 0.5, 1.3  # VADER halves what "but" takes back and stresses what follows (there 1.5)
CONCEDED = 0.6  # "although …": granted, not meant
SUMMED_UP = 1.5  # "all in all …"
ASKED_GOOD, ASKED_BAD = 0.4, 0.9  # a question praises little and complains nearly as much as a statement
WISHED = 0.1  # what is wished for is praised for not being there


@dataclass(slots=True)
class Sentences:
    """The hits of a comment while it is read; contrast reaches back to the sentence's beginning."""

    hits: list[Hit] = field(default_factory=list)
    begin: int = 0  # index of the running sentence's first hit
    before: int = 0  # the same for the sentence before it
    weight: float = 1.0  # of what is read now
    spoken: bool = False  # whether the running sentence has said anything yet

    def add(self, start: int, end: int, weight: float) -> None:
        self.spoken = True
        if weight:
            self.hits.append((start, end, weight * self.weight))

    def contrast(self) -> None:
        """A "but": within the sentence, or against the sentence before when it opens one."""
        self._scale(self.begin if self.spoken else self.before, BEFORE_BUT, BEFORE_BUT)
        self.weight = AFTER_BUT

    def concede(self) -> None:
        self.weight = CONCEDED

    def sum_up(self) -> None:
        self.weight = SUMMED_UP

    def end_clause(self) -> None:
        """A concession ends with its clause; contrast and summary last as long as the sentence."""
        if self.weight == CONCEDED:
            self.weight = 1.0

    def end_sentence(self, asked: bool = False) -> None:
        if asked:
            self._scale(self.begin, ASKED_GOOD, ASKED_BAD)
        self.before, self.begin = self.begin, len(self.hits)
        self.weight, self.spoken = 1.0, False

    def _scale(self, since: int, good: float, bad: float) -> None:
        for i in range(since, len(self.hits)):
            start, end, weight = self.hits[i]
            self.hits[i] = (start, end, weight * (good if weight > 0 else bad))
