"""The sentiment of comments, in English and in both Chinese scripts.

`classify` and `VERSION` load what reads comments, when they are first asked for: by the worker only, for NLTK beside
SciPy takes seconds to load (see english.py). The parts without it may be imported anywhere.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .types import Label, Sentiment, Span

if TYPE_CHECKING:
    from .classifying import classify
    from .score import VERSION

__all__ = ["VERSION", "Label", "Sentiment", "Span", "classify"]


_LATE = {"classify": "classifying", "VERSION": "score"}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
