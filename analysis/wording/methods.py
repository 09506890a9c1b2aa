"""What a test is called and why it was chosen."""

from __future__ import annotations

from analysis.statistics.choose import Choice
from analysis.wording.languages import phrase


def method_name(choice: Choice, locale: str) -> str:
    """The name of the chosen test."""
    return phrase(locale, f"method_{choice.test}")


def method_reason(choice: Choice, locale: str) -> str:
    """Why it was chosen, in one sentence."""
    return phrase(locale, f"why_{choice.why}")
