"""Asking what still waits costs as much as there waits, however many responses were ever stored."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, literal_column, select, text

from survey.extensions import db
from survey.models import Response
from survey.pipeline import waiting


def test_what_waits_is_found_without_looking_at_processed_responses(app: Flask) -> None:
    for condition in (waiting(), waiting() & (Response.questionnaire_id == literal_column("1"))):
        statement = select(func.count()).select_from(Response).where(condition)
        compiled = statement.compile(db.engine, compile_kwargs={"literal_binds": True})
        plan = [row.detail for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))]
        assert len(plan) == 1
        assert "COVERING INDEX ix_response_waiting" in plan[0]
