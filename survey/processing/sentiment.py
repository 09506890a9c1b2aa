"""The worker's way to the comment analysis. Web processes never load it: NLTK takes its time to import."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def polarity(text: str, locale: str) -> Any:
    """An analysis.sentiment.Polarity. The first call of a process loads the lexicons."""
    return import_module("analysis.sentiment").polarity(text, locale[:2])
