"""What stored responses count, read again from them: for the recount, and wherever a response leaves the tallies."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from survey.extensions import db
from survey.models import Comment, Version
from survey.processing.counting import counts_of, place_of
from survey.processing.cuts import Place
from survey.questions.definition import definition_of

Labels = Mapping[uuid.UUID, Mapping[str, str]]  # of each response's comments, by question code


@dataclass(frozen=True, slots=True)
class Counted:
    version_id: int
    place: Place
    counts: tuple[tuple[int, str], ...]  # (series id, value)


def counted(rows: Iterable[Row[Any]], labels: Labels) -> Iterator[Counted]:
    """Of processed responses, which alone are in the tallies."""
    versions = {version.id: version for version in db.session.scalars(select(Version))}
    for row in rows:
        if row.processed_at is None:
            continue
        version = versions[row.version_id]
        found = counts_of(definition_of(version), row.answers, labels.get(row.id, {}), row.flags or ())
        yield Counted(
            version.id, place_of(row), tuple((version.series[code], value) for code, value in found)
        )


def labels_where(condition: ColumnElement[bool]) -> Labels:
    labels: dict[uuid.UUID, dict[str, str]] = defaultdict(dict)
    comments = select(Comment.response_id, Comment.question_code, Comment.label).where(condition)
    for response_id, code, label in db.session.execute(comments):
        labels[response_id][code] = label
    return labels


def labels_of(ids: Sequence[uuid.UUID]) -> Labels:
    return labels_where(Comment.response_id.in_(ids))
