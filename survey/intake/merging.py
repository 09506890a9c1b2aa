"""Rows of one key become one response, in memory that grows only with the responses still open.

A first reading of the file learns which row is the last of its key. The second hands each response over
at that row. Sixty-four bits of the key decide; two keys that share them only wait a little longer.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from survey.intake.answers import Refused
from survey.intake.report import Rejection
from survey.intake.rows import Draft

_NO_KEY = 0


class Lasts:
    """Whether the nth row of a file is the last of its key."""

    def __init__(self, keys: Iterable[bytes | None]) -> None:
        short = array("Q", (int.from_bytes(key[:8], "big") if key else _NO_KEY for key in keys))
        self.rows = len(short)
        # of several equal ones np.unique finds the first: of the reversed keys that is the last
        _keys, first = np.unique(np.frombuffer(short, np.uint64)[::-1], return_index=True)
        self.last = np.zeros(self.rows, dtype=bool)
        self.last[self.rows - 1 - first] = True

    def __getitem__(self, number: int) -> bool:
        return bool(self.last[number])


@dataclass(slots=True)
class Open:
    """The rows of one key so far."""

    lines: list[int] = field(default_factory=list)
    draft: Draft | None = None
    wrong: dict[int, Rejection] = field(default_factory=dict)
    disagreement: Rejection | None = None

    def add(self, line: int, read: Callable[[], Draft]) -> Draft | None:
        """Reads a row and joins it; what it says, if it can be used."""
        self.lines.append(line)
        try:
            draft = read()
        except Refused as refused:
            self.wrong[line] = refused.why
            return None
        if self.draft is None:
            self.draft = draft
        else:
            self.disagreement = self.disagreement or _join(self.draft, draft)
        return draft

    def rejections(self) -> dict[int, Rejection]:
        """A response is stored whole or not at all, so that a corrected file can bring all of it."""
        if self.disagreement:
            return {line: self.wrong.get(line, self.disagreement) for line in self.lines}
        if self.wrong:
            return {line: self.wrong.get(line, Rejection("companion")) for line in self.lines}
        if self.draft is None or not self.draft.answers:
            return dict.fromkeys(self.lines, Rejection("no_answers"))
        return {}


def _join(first: Draft, other: Draft) -> Rejection | None:
    """Adds the other row's answers to the first; says what contradicts it."""
    for name in ("day", "unit", "service_type", "channel", "locale"):
        if getattr(first, name) != getattr(other, name):
            return Rejection("rows_disagree", name, str(getattr(other, name)))
    first.at = min(first.at, other.at)
    for code, answer in other.answers.items():
        if first.answers.setdefault(code, answer) != answer:
            return Rejection("rows_disagree", code, str(answer)[:80])
    return None
