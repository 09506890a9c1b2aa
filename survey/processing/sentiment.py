"""The worker's way to the comment analysis. Web processes never load it: NLTK takes its time to import."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any


def classify(
    texts: Sequence[str], locales: Sequence[str] | None = None, purposes: Sequence[str] | None = None
) -> list[Any]:
    """analysis.sentiment.Sentiment of each text. The first call of a process loads the lexicons."""
    found: list[Any] = import_module("analysis.sentiment").classify(texts, locales, purposes)
    return found


def method_of(found: Any) -> str:
    """Method and version in one, as they are stored: "vader+service/2"."""
    return f"{found.method}/{found.version}"
