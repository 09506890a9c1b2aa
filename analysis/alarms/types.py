"""What is alarming in a comment, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Alarming(StrEnum):
    SELF_HARM = "self_harm"
    VIOLENCE = "violence"  # done, seen or threatened
    ABUSE = "abuse"  # of somebody in one's care, sexual too
    SAFETY = "safety"  # a fall, a wrong medicine, a live wire, gas
    BRIBE = "bribe"  # a red envelope, asked for or given
    LEGAL = "legal"  # a threat of law, authorities or the press
    DIGNITY = "dignity"  # discrimination, humiliation, secrets told


@dataclass(frozen=True, slots=True)
class Alarm:
    """A stretch of the comment as written."""

    start: int
    end: int
    kind: Alarming
    text: str
