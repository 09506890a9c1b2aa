"""Reading imports for their pages."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from survey.errors import Missing
from survey.extensions import db
from survey.models import ImportRun, Questionnaire
from survey.questions.definition import definition_of

MOST_SHOWN = 50


def recent() -> list[ImportRun]:
    statement = select(ImportRun).order_by(ImportRun.created_at.desc()).limit(MOST_SHOWN)
    return list(db.session.scalars(statement))


def run_of(number: uuid.UUID, *, lock: bool = False) -> ImportRun:
    """Raises Missing."""
    run = db.session.get(ImportRun, number, with_for_update=lock)
    if run is None:
        raise Missing
    return run


@dataclass(frozen=True, slots=True)
class Sample:
    """Answers of the preview in columns, in words."""

    columns: list[str]
    rows: list[tuple[dict[str, Any], list[Any]]]


def sample(report: dict[str, Any], locale: str) -> Sample:
    """Columns that no response of the preview fills are left out."""
    found = db.session.scalar(select(Questionnaire).where(Questionnaire.code == report["questionnaire"]))
    version = found.published if found else None
    if version is None:
        return Sample([], [])
    questions = definition_of(version).questions
    names = [column.name for question in questions for column in question.columns()]
    rows = [
        [
            cell
            for question in questions
            for cell in question.cells(given["answers"].get(question.code), locale)
        ]
        for given in report["responses"]
    ]
    filled = [i for i in range(len(names)) if any(row[i] is not None for row in rows)]
    shown = [[row[i] for i in filled] for row in rows]
    return Sample([names[i] for i in filled], list(zip(report["responses"], shown, strict=True)))
