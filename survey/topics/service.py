"""What an organisation adds to the lists of topics, and takes out again: ended, never deleted. The caller commits.

After each change the worker reads older comments anew.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from analysis.topics import TOPICS, Fault, TopicError, checked
from survey import clock
from survey.errors import Invalid, Missing
from survey.extensions import db
from survey.models import OwnTerm, OwnTopic
from survey.processing import rereading
from survey.topics.wording import FAULTS

MOST = 2_000  # terms that hold, as analysis/topics/lexicon.py allows
LONGEST_CODE = 32


def read_terms(code: str, text: str) -> list[str]:
    """One term a line. Raises Invalid that names the line."""
    found: list[str] = []
    for line, written in enumerate(text.splitlines(), start=1):
        if not written.strip():
            continue
        try:
            term = checked(code, written)
        except TopicError as error:
            raise Invalid(
                _l("Line %(line)s: %(fault)s", line=line, fault=FAULTS[error.fault]), field="terms"
            ) from None
        if term not in found:
            found.append(term)
    if not found:
        raise Invalid(FAULTS[Fault.EMPTY], field="terms")
    return found


def add_terms(code: str, terms: Sequence[str], by: uuid.UUID) -> int:
    """How many are new. Raises Invalid where all hold already, or there would be too many."""
    holding = set(
        db.session.scalars(select(OwnTerm.term).where(OwnTerm.code == code, OwnTerm.ended_at.is_(None)))
    )
    new = [term for term in terms if term not in holding]
    if not new:
        raise Invalid(_l("This topic has these terms already."), field="terms")
    all_ = db.session.scalar(select(func.count()).where(OwnTerm.ended_at.is_(None))) or 0
    if all_ + len(new) > MOST:
        raise Invalid(FAULTS[Fault.TOO_MANY], field="terms")
    at = clock.now()
    db.session.add_all(OwnTerm(code=code, term=term, made_at=at, made_by=by) for term in new)
    rereading.want("own terms")
    return len(new)


def add_topic(names: Mapping[str, str], terms: str, by: uuid.UUID) -> OwnTopic:
    """A topic of the organisation's own with its first terms. Raises Invalid."""
    code = _code(names["en"])
    found = read_terms(code, terms)
    made = OwnTopic(code=code, names=dict(names), made_at=clock.now(), made_by=by)
    db.session.add(made)
    db.session.flush()
    add_terms(code, found, by)
    return made


def _code(name: str) -> str:
    """Made from the name; comments are counted by it, so it never changes and is never given twice."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:LONGEST_CODE].strip("-") or "topic"
    taken = {*TOPICS, *db.session.scalars(select(OwnTopic.code))}
    return next(
        code
        for number in range(1, len(taken) + 2)
        if (code := slug + f"-{number}" * (number > 1)) not in taken
    )


def end_term(number: int, by: uuid.UUID) -> OwnTerm:
    term = db.session.get(OwnTerm, number, with_for_update=True)
    if term is None:
        raise Missing
    if term.ended_at is None:
        term.ended_at, term.ended_by = clock.now(), by
        rereading.want("own terms")
    return term


def end_topic(code: str) -> OwnTopic:
    topic = db.session.get(OwnTopic, code, with_for_update=True)
    if topic is None:
        raise Missing
    if topic.ended_at is None:
        topic.ended_at = clock.now()
        rereading.want("own terms")
    return topic
