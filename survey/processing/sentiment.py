"""The worker's way to the comment analysis. Web processes never load it: NLTK takes its time to import."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from survey.processing.learned import live


def classify(
    texts: Sequence[str],
    locales: Sequence[str] | None = None,
    purposes: Sequence[str] | None = None,
    models: Mapping[str, Any] | None = None,
) -> list[Any]:
    """analysis.sentiment.Sentiment of each text, by these models, else by those that read now. The first call loads
    the lexicons."""
    read = import_module("analysis.sentiment").classify
    found: list[Any] = read(texts, locales, purposes, live() if models is None else models)
    return found


def load() -> None:
    """Loads what reads comments now, not when the first one waits. The database is not asked.

    It stays: looking again and again whether some of it could go took an eighth of the worker's time.
    """
    import_module("analysis.topics").read(["很好", "good"], opinions=classify(["很好", "good"], models={}))
    gc.collect()
    gc.freeze()


def method_of(found: Any) -> str:
    """Method and version in one, as they are stored: "vader+service/2"."""
    return f"{found.method}/{found.version}"
