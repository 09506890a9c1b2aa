"""Labels of the demonstration's comments: by two people who do not always agree, for the page of how comments are read."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select

from survey.access import limited
from survey.demo.phrases import NOTHING, PHRASES
from survey.extensions import db
from survey.labelling.service import label
from survey.models import Comment, How, User
from survey.models.calibration import LANGUAGES
from survey.processing import samples

LABELLED = 140  # of each language, drawn by the random numbers of their responses
EVERY_SECOND = 3  # one in so many by the second person too
DOUBTS = 0.1  # of the second person's labels, another one
FIRST, SECOND = "admin@afterword.example", "quality@afterword.example"


def give_labels(seed: int) -> None:
    """After the responses are processed. The worker measures by these labels."""
    chance = random.Random(seed)  # noqa: S311
    first, second = (
        db.session.scalars(select(User).where(User.email == one)).one() for one in (FIRST, SECOND)
    )
    for language in LANGUAGES:
        for place, (row, said) in enumerate(_drawn(second, language)):
            label(first, row.response_id, row.question_code, said, How.RANDOM)
            if place % EVERY_SECOND == 0:
                other = chance.choice(samples.OPINIONS) if chance.random() < DOUBTS else said
                label(second, row.response_id, row.question_code, other, How.SECOND)
    db.session.commit()


def _drawn(person: User, language: str) -> Iterator[tuple[Any, str]]:
    """Comments that measure, of units that both may see, and what their writers meant."""
    statement: Any = select(Comment.response_id, Comment.question_code, Comment.text).where(
        samples.measures(), samples.of_language(language), Comment.text != ""
    )
    statement = limited(statement, Comment.unit_id, person).order_by(
        Comment.response_id, Comment.question_code
    )
    meant = ((row, _meant(row.text)) for row in db.session.execute(statement.limit(3 * LABELLED)).all())
    found = [(row, said) for row, said in meant if said]
    return iter(found[:LABELLED])


def _meant(text: str) -> str:
    """By the phrases of which it is made; empty for a text of another kind."""
    if text in {word for words in NOTHING.values() for word in words}:
        return "no_content"
    good, bad = (_has(text, _said(side)) for side in (0, 1))
    return "neutral" if good and bad else "positive" if good else "negative" if bad else ""


def _said(side: int) -> Iterator[str]:
    return (one for topics in PHRASES.values() for sides in topics.values() for one in sides[side])


def _has(text: str, phrases: Iterable[str]) -> bool:
    return any(one in text for one in phrases)
