"""What the page of topics shows: the lists with what the organisation added, and how many comments they cover."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from analysis.topics import TOPICS, subtopics
from survey.extensions import db
from survey.figures import current
from survey.models import Comment, CommentTopic, OwnTerm, OwnTopic, Questionnaire
from survey.processing.reader import own_terms
from survey.questions.definition import definition_of
from survey.questions.texts import Text

DAYS = 90  # of comments that the coverage is counted over


@dataclass(frozen=True, slots=True)
class Listed:
    """A topic as the page lists it: `parts` are sub-topics of the sector with their own terms."""

    code: str
    parts: tuple[str, ...]
    terms: tuple[OwnTerm, ...]
    own: OwnTopic | None = None


@dataclass(frozen=True, slots=True)
class Covered:
    code: str
    title: Text
    sector: str | None
    n: int  # comments that say something
    unmatched: int


def topics(sector: str | None) -> list[Listed]:
    """Those of the lists, then the organisation's own that hold."""
    terms: dict[str, list[OwnTerm]] = defaultdict(list)
    holding = select(OwnTerm).where(OwnTerm.ended_at.is_(None)).order_by(OwnTerm.code, OwnTerm.term)
    for term in db.session.scalars(holding):
        terms[term.code.partition(".")[0]].append(term)
    parts = subtopics(sector)
    found = [Listed(code, parts[code], tuple(terms[code])) for code in TOPICS]
    return found + [Listed(one.code, (), tuple(terms[one.code]), one) for one in own_topics()]


def own_topics() -> list[OwnTopic]:
    return list(
        db.session.scalars(select(OwnTopic).where(OwnTopic.ended_at.is_(None)).order_by(OwnTopic.code))
    )


def ended() -> tuple[list[OwnTopic], list[OwnTerm]]:
    topics = select(OwnTopic).where(OwnTopic.ended_at.is_not(None)).order_by(OwnTopic.ended_at.desc())
    terms = select(OwnTerm).where(OwnTerm.ended_at.is_not(None)).order_by(OwnTerm.ended_at.desc()).limit(200)
    return list(db.session.scalars(topics)), list(db.session.scalars(terms))


def coverage(today: date) -> list[Covered]:
    """Of each questionnaire with comments in the last DAYS days."""
    about = (
        select(CommentTopic.response_id)
        .where(
            CommentTopic.response_id == Comment.response_id,
            CommentTopic.question_code == Comment.question_code,
        )
        .exists()
    )
    found = []
    for questionnaire in db.session.scalars(select(Questionnaire).order_by(Questionnaire.code)):
        said = select(func.count()).where(
            Comment.questionnaire_id == questionnaire.id,
            Comment.submitted_on >= today - timedelta(days=DAYS),
            Comment.label != "no_content",
            Comment.text != "",
        )
        n, version = db.session.scalar(said) or 0, current(questionnaire)
        if n and version:
            definition = definition_of(version)
            unmatched = db.session.scalar(said.where(~about)) or 0
            found.append(Covered(questionnaire.code, definition.title, definition.sector, n, unmatched))
    return found


__all__ = ["Covered", "Listed", "coverage", "ended", "own_terms", "own_topics", "topics"]
