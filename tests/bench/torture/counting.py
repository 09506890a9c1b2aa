"""Every acknowledged submission is looked for in the database, and the tallies are counted again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select, text, update

from survey import jobs
from survey.extensions import db, reading
from survey.models import Comment, Response
from survey.processing import recount
from tests.bench.table import Figure


@dataclass(frozen=True, slots=True)
class Count:
    stored: int
    waiting: int
    lost: int
    doubled: int
    other_receipt: int
    differences: int
    integrity: str  # of a SQLite file

    @property
    def clean(self) -> bool:
        wrong = self.waiting + self.lost + self.doubled + self.other_receipt + self.differences
        return not wrong and self.integrity in ("", "ok")

    def figures(self) -> list[Figure]:
        found = [
            Figure("acknowledged and lost", f"{self.lost}", "0"),
            Figure("stored or counted twice", f"{self.doubled}", "0"),
            Figure("stored under another receipt", f"{self.other_receipt}", "0"),
            Figure("left unprocessed", f"{self.waiting}", "0"),
            Figure("differences found by a recount of the tallies", f"{self.differences}", "0"),
        ]
        return [*found, Figure("integrity check", self.integrity, "ok")] if self.integrity else found


def drain() -> None:
    """No worker lives any more: what dead ones had claimed is free."""
    db.session.rollback()
    db.session.execute(update(Response).where(Response.processed_at.is_(None)).values(retry_at=None))
    db.session.commit()
    jobs.process_waiting()


def count(receipts: Mapping[str, str]) -> Count:
    """`receipts` by mark; the mark is the comment."""
    with reading():
        rows = db.session.execute(select(Response.answers, Response.receipt)).all()
        comments = Counter(db.session.scalars(select(Comment.text).where(Comment.question_code == "why")))
        waiting = db.session.scalar(select(func.count()).where(Response.processed_at.is_(None))) or 0
        integrity = _integrity()
        differences = sum(1 for _difference in recount.verify())
        db.session.rollback()
    stored = Counter(row.answers["why"] for row in rows)
    given = {row.answers["why"]: row.receipt for row in rows}
    return Count(
        stored=len(rows),
        waiting=waiting,
        lost=sum(stored[mark] == 0 or comments[mark] == 0 for mark in receipts),
        doubled=sum(found > 1 for found in [*stored.values(), *comments.values()]),
        other_receipt=sum(given.get(mark) != receipt for mark, receipt in receipts.items()),
        differences=differences,
        integrity=integrity,
    )


def _integrity() -> str:
    if db.engine.dialect.name != "sqlite":
        return ""
    return str(db.session.scalar(text("PRAGMA integrity_check")))
