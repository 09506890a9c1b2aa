"""What comments are about, and how their writers feel about each part of it.

To be imported by the worker only, as analysis.sentiment, which it builds on.
"""

from .catalogue import SECTORS, TOPICS, Topic
from .reading import VERSION, coverage, read
from .terms import Fault, TopicError
from .types import Coverage, Mention, OwnTerms, Reading, SubtopicFound, TopicFound

__all__ = [
    "SECTORS",
    "TOPICS",
    "VERSION",
    "Coverage",
    "Fault",
    "Mention",
    "OwnTerms",
    "Reading",
    "SubtopicFound",
    "Topic",
    "TopicError",
    "TopicFound",
    "coverage",
    "read",
]
