"""What comments are read with now: every version, word list and term that decides what is found in them.

Each reading says by which reader it was made; what an older one read is read anew, see processing/rereading.py.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from sqlalchemy import func, select

from survey import clock
from survey.extensions import db
from survey.models import OwnTerm, OwnTopic
from survey.models import Reader as Stored
from survey.processing.learned import live

UNKNOWN = 0  # older than any


@dataclass(frozen=True, slots=True)
class Reader:
    id: int  # UNKNOWN: nobody has begun with it yet
    own: tuple[Any, ...]  # analysis.topics.OwnTerms
    fingerprint: str
    details: dict[str, Any]
    models: Mapping[str, Any]  # by language; asked for once a batch


def own_terms() -> tuple[Any, ...]:
    """The organisation's terms that hold now, as analysis.topics reads them."""
    ended = select(OwnTopic.code).where(OwnTopic.ended_at.is_not(None))
    statement = select(OwnTerm.code, OwnTerm.term).where(
        OwnTerm.ended_at.is_(None), OwnTerm.code.not_in(ended)
    )
    terms: dict[str, set[str]] = defaultdict(set)
    for code, term in db.session.execute(statement):
        terms[code].add(term)
    make = import_module("analysis.topics").OwnTerms
    return tuple(make(code, tuple(sorted(found))) for code, found in sorted(terms.items()))


def current() -> Reader:
    """This process's reader, as far as it has begun. Writes nothing."""
    own = own_terms()
    details = _details(own)
    text = json.dumps([details, [(one.code, one.terms) for one in own]], sort_keys=True)
    fingerprint = hashlib.sha256(text.encode()).hexdigest()[:32]
    asked = select(func.coalesce(func.max(Stored.id), 0)).where(Stored.fingerprint == "").scalar_subquery()
    mine = select(func.max(Stored.id)).where(Stored.fingerprint == fingerprint, Stored.id > asked)
    return Reader(db.session.scalar(mine) or UNKNOWN, own, fingerprint, details, live())


def begin() -> Reader:
    """The same, and from now on comments wait that an older one has read. The caller commits."""
    found = current()
    if found.id == UNKNOWN:
        db.session.add(Stored(fingerprint=found.fingerprint, details=found.details, began_at=clock.now()))
        db.session.flush()
        return current()
    return found


def ask(why: str) -> None:
    """All comments are to be read anew, whether or not anything of the reader changes. The caller commits."""
    db.session.add(Stored(fingerprint="", details={"why": why}, began_at=clock.now()))
    db.session.flush()


def _details(own: tuple[Any, ...]) -> dict[str, Any]:
    sentiment, topics = import_module("analysis.sentiment"), import_module("analysis.topics")
    embedded = import_module("analysis.sentiment.embedding").available()
    return {
        "sentiment": sentiment.VERSION,
        "embedding": bool(embedded),
        "topics": topics.VERSION,
        "own_terms": sum(len(one.terms) for one in own),
    }
