"""What a comment is about, and how its writer feels about each part."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.sentiment import Label

# A topic and its sub-topic ("" where a term names none).
Key = tuple[str, str]
# A term found in a normalised text: start, end, what it is about.
Found = tuple[int, int, tuple[Key, ...]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A term of a topic, as written in the comment."""

    start: int
    end: int
    text: str
    topic: str
    subtopic: str  # "" where the term names none


@dataclass(frozen=True, slots=True)
class SubtopicFound:
    code: str
    score: float  # -1…1, of the clauses that name it
    label: Label


@dataclass(frozen=True, slots=True)
class TopicFound:
    """A topic of one comment; `label` is neutral where its clauses carry no opinion, undecided where the comment's is."""

    topic: str
    score: float  # -1…1, of the clauses that name it
    label: Label
    subtopics: tuple[SubtopicFound, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The topics of one comment, in the order of the catalogue, an organisation's own ones last."""

    topics: tuple[TopicFound, ...]
    has_content: bool  # False: blank or one of the ways to write "nothing"
    language: str  # "en", "zh", "mixed", "und"


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """Terms an organisation adds: to a topic ("price"), to a sub-topic ("price.bill"), or as a topic of its own."""

    code: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many comments the lists could not place. `unmatched_share` is None without a comment that says anything."""

    n: int  # comments with content
    unmatched: int
    unmatched_share: float | None
