"""What is hidden in a comment, and how a masked comment is put together and taken apart again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    NAME = "name"
    PHONE = "phone"
    ID = "id"  # numbers of persons, accounts, orders, staff; names in messengers
    BED = "bed"  # and rooms
    EMAIL = "email"
    ADDRESS = "address"

    @property
    def token(self) -> str:
        """Stands in a masked text, whatever its language; analysis.wording says it in words."""
        return f"[{self.value}]"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text as written."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Hidden:
    """What stood where a token stands in the masked text."""

    start: int  # of the token, in the masked text
    kind: Kind
    original: str


@dataclass(frozen=True, slots=True)
class Masked:
    text: str
    hidden: tuple[Hidden, ...] = ()
    spans: tuple[Span, ...] = ()


def covered(text: str, spans: Sequence[Span]) -> Masked:
    """`spans` in order, none touching another."""
    parts: list[str] = []
    hidden: list[Hidden] = []
    done = length = 0
    for span in spans:
        parts += text[done : span.start], span.kind.token
        length += span.start - done
        hidden.append(Hidden(length, span.kind, text[span.start : span.end]))
        length += len(span.kind.token)
        done = span.end
    return Masked("".join([*parts, text[done:]]), tuple(hidden), tuple(spans))


def unmask(text: str, hidden: Sequence[Hidden]) -> str:
    """The text as written. Raises ValueError where `hidden` does not belong to the text."""
    parts: list[str] = []
    done = 0
    for one in sorted(hidden, key=lambda h: h.start):
        if one.start < done or not text.startswith(one.kind.token, one.start):
            raise ValueError("the hidden parts are not those of this text")
        parts += text[done : one.start], one.original
        done = one.start + len(one.kind.token)
    return "".join([*parts, text[done:]])


def moved(hidden: Sequence[Hidden], start: int, end: int) -> tuple[int, int] | None:
    """Where a stretch of the text as written (characters start…end) stands in the masked one; None where it touches
    anything hidden. `hidden` in order, as `mask` gives it."""
    shift = 0
    for one in hidden:
        token, begins = len(one.kind.token), one.start - shift
        if end <= begins:
            break
        if start < begins + len(one.original):
            return None
        shift += token - len(one.original)
    return start + shift, end + shift
