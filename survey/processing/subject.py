"""One response in words, for the person who gave it: what is stored, and what was agreed to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import select

from survey.extensions import db
from survey.locales import say
from survey.models import Comment, CommentTopic, Invitation, Response, ServiceType, Unit
from survey.processing import originals
from survey.processing.erasing import REMOVED
from survey.questions.base import Question
from survey.questions.definition import Privacy, definition_of

_MISREAD = str.maketrans("OIL", "011")
_PRINTED, _IMPORTED = 12, 16  # letters of a receipt


class Line(NamedTuple):
    question: str
    answer: str


def tidy_receipt(typed: str) -> str:
    """A receipt as people type it: without its strokes, in small letters, O for 0."""
    letters = re.sub(r"[^0-9A-Z]", "", typed.upper())
    if len(letters) == _IMPORTED:
        return letters
    letters = letters.translate(_MISREAD)
    return "-".join(letters[i : i + 4] for i in range(0, _PRINTED, 4)) if len(letters) == _PRINTED else typed


def answers(response: Response, locale: str, removed: str = "") -> list[Line]:
    """Each answered question; `removed` stands for a text whose time is over."""
    definition = definition_of(response.version)
    given = originals.answers_of(response)
    return [
        line
        for question in definition.questions
        if question.code in given
        for line in _lines(question, given[question.code], locale, removed)
    ]


def _lines(question: Question, answer: Any, locale: str, removed: str) -> Iterator[Line]:
    columns = question.columns()
    wording = question.wording.say(locale)
    if answer == REMOVED:
        yield Line(wording, removed)
        return
    for column, cell in zip(columns, question.own_cells(answer, locale), strict=True):
        if cell is not None:
            words = column.wording.say(locale)
            yield Line(words if len(columns) == 1 or words == wording else f"{wording} – {words}", str(cell))


def document(response: Response, locale: str) -> dict[str, Any]:
    """Everything that is stored of a response, for a file; texts in `locale`, the consent as it was read."""
    definition = definition_of(response.version)
    anonymous = definition.privacy.anonymous
    return {
        "receipt": response.receipt,
        "questionnaire": {
            "code": definition.code,
            "title": definition.title.say(locale),
            "version": response.version.number,
        },
        "unit": say(db.session.get_one(Unit, response.unit_id).names, locale),
        "service_type": say(db.session.get_one(ServiceType, response.service_type_id).names, locale),
        "channel": response.channel,
        "language": response.locale,
        "day": response.submitted_on.isoformat(),
        "sent_at": None if anonymous else response.submitted_at.isoformat(),
        "seconds": response.seconds,
        "customer_tier": response.tier,
        "anonymous": anonymous,
        "reference": _reference(response),
        "consent": _consent(response, definition.privacy),
        "answers": [line._asdict() for line in answers(response, locale)],
        "answers_as_codes": originals.answers_of(response),
        "read_from_comments": _comments(response),
        "signs": response.flags or [],
    }


def _consent(response: Response, privacy: Privacy) -> dict[str, Any]:
    """In the words in which it was read."""
    return {
        "notice": privacy.notice.say(response.locale),
        "wording": privacy.consent.say(response.locale) if privacy.consent else None,
        "given": response.consented,
        "hash": response.consent_hash,
    }


def _comments(response: Response) -> list[dict[str, Any]]:
    """With the texts as others read them: the person's own words are in the answers."""
    read = select(Comment.question_code, Comment.text, Comment.label, Comment.score)
    about = select(CommentTopic.question_code, CommentTopic.topic, CommentTopic.subtopic, CommentTopic.label)
    topics: dict[str, list[dict[str, str]]] = defaultdict(list)
    for code, *found in db.session.execute(about.where(CommentTopic.response_id == response.id)):
        topics[code].append(dict(zip(("topic", "subtopic", "label"), found, strict=True)))
    rows = db.session.execute(read.where(Comment.response_id == response.id))
    return [row._asdict() | {"topics": topics[row.question_code]} for row in rows]


def _reference(response: Response) -> str | None:
    """Of the service, where the questionnaire is not anonymous."""
    invitation = db.session.get(Invitation, response.invitation_id) if response.invitation_id else None
    return invitation.service_event.reference if invitation else None
