"""The demonstration's labels: what was meant, by two people who mostly agree, the same each time."""

from __future__ import annotations

import uuid

from flask import Flask
from sqlalchemy import select

from survey import jobs
from survey.demo.labels import FIRST, SECOND, give_labels
from survey.demo.phrases import NOTHING, PHRASES
from survey.extensions import db
from survey.models import Comment, CommentLabel, User
from survey.processing import recount
from tests import factories


def test_two_people_label_by_what_was_meant(app: Flask) -> None:
    link = factories.link()
    factories.UserFactory(email=FIRST, role="administrator")
    factories.UserFactory(email=SECOND, role="quality_manager", unit=link.unit)
    good, bad = PHRASES["en"]["staff"]
    meant = {good[0]: "positive", bad[0]: "negative", f"{good[1]} But {bad[1]}": "neutral"}
    meant |= {NOTHING["en"][0]: "no_content"}
    for number, text in enumerate([*meant, "Something else that nobody planted"]):
        factories.response(link, {"staff": 3, "why": text}, id=uuid.UUID(int=number + 1))
    db.session.commit()
    jobs.process_waiting()
    give_labels(1)
    rows = db.session.execute(
        select(Comment.text, User.email, CommentLabel.label)
        .join(
            CommentLabel,
            (CommentLabel.response_id == Comment.response_id)
            & (CommentLabel.question_code == Comment.question_code),
        )
        .join(User, User.id == CommentLabel.by_id)
    ).all()
    assert {row.text: row.label for row in rows if row.email == FIRST} == meant
    assert sum(row.email == SECOND for row in rows) == 2
    assert list(recount.verify()) == []
