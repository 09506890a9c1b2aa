"""What comments are about, and how their writers feel about each part of it.

`read`, `coverage`, `new_themes` and `VERSION` load what reads comments, when they are first asked for: by the worker
only, as analysis.sentiment, which they build on. What checks and finds terms may be imported anywhere.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from analysis.catalogue import SECTORS, TOPICS, Topic

from .finding import named
from .lexicon import checked, subtopics
from .terms import Fault, TopicError
from .types import Coverage, Mention, OwnTerms, Reading, SubtopicFound, TopicFound

if TYPE_CHECKING:
    from .reading import VERSION, coverage, read
    from .themes import NewThemes, Theme, new_themes

__all__ = [
    "SECTORS",
    "TOPICS",
    "VERSION",
    "Coverage",
    "Fault",
    "Mention",
    "NewThemes",
    "OwnTerms",
    "Reading",
    "SubtopicFound",
    "Theme",
    "Topic",
    "TopicError",
    "TopicFound",
    "checked",
    "coverage",
    "named",
    "new_themes",
    "read",
    "subtopics",
]

_LATE = dict.fromkeys(("VERSION", "coverage", "read"), "reading")
_LATE |= dict.fromkeys(("NewThemes", "Theme", "new_themes"), "themes")


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
