"""What comments are about, and how their writers feel about each part of it.

To be imported by the worker only, as analysis.sentiment, which it builds on.
"""

from .catalogue import SECTORS, TOPICS, Topic
from .lexicon import subtopics
from .reading import VERSION, coverage, read
from .terms import Fault, TopicError
from .themes import NewThemes, Theme, new_themes
from .types import Coverage, Mention, OwnTerms, Reading, SubtopicFound, TopicFound

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
    "coverage",
    "new_themes",
    "read",
    "subtopics",
]
