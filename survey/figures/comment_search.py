"""Limiting a list of comments to those in which all terms stand, by the index of each database.

SQLite's full-text table hands out its hits by place, newest first, and stops where the page is full. PostgreSQL's
index does not know the order: few hits are sorted, where there are many the comments are read along the list's
own index until the page is full. Which it is, the first hits tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, column, func, literal, literal_column, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY

from analysis.searching import Term, postgresql_query, sqlite_query
from survey.extensions import db
from survey.models import Comment
from survey.models.searching import NAME

MANY = 2_000  # hits
MOST_UNITS = 100  # named to the index
_FOUND = table(NAME, column("rowid"))
PLACE = _FOUND.c.rowid
# with the sign SQLite cannot ask the index row by row
_HIT: ColumnElement[int] = literal_column(f"+{NAME}.rowid")


def by_place(terms: Sequence[Term]) -> bool:
    return bool(terms) and _lite()


def searched(statement: Select[Any], terms: Sequence[Term], units: Sequence[int]) -> Select[Any]:
    """`units` are those that the statement is limited to, none if it is not."""
    if not terms:
        return statement
    named = units if len(units) <= MOST_UNITS else ()
    if _lite():
        match = text(f"{NAME} MATCH :asked").bindparams(asked=sqlite_query(terms, named))
        return statement.join(_FOUND, Comment.place == _HIT).where(match)
    found = Comment.words.op("@@", is_comparison=True)(cast(literal(postgresql_query(terms, named)), TSQUERY))
    hits = db.session.scalar(
        select(func.count()).select_from(select(Comment.place).where(found).limit(MANY).subquery())
    )
    return statement.where(
        found if (hits or 0) < MANY else found.is_(True)
    )  # so it is told of each row that is read


def _lite() -> bool:
    return db.session.connection().dialect.name == "sqlite"
