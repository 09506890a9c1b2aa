"""What a report comes to: every number in its tables, whatever its language."""

from __future__ import annotations

import hashlib
import json

from survey.models import Report
from survey.questions.definition import definition_of
from survey.reports.reading import Read
from survey.reports.sections import sections


def read_of(report: Report) -> Read:
    editions = {one.number: definition_of(one).tracks for one in report.questionnaire.versions}
    return Read(report.snapshot, definition_of(report.version).tracks, editions, report.locale)


def numbers_of(report: Report) -> str:
    """SHA-256 of the numbers: the same as long as counts, definitions and formulas are."""
    tables = [one.table for one in sections(read_of(report)) if one.table]
    raw = [[[cell.raw for cell in row[1:]] for row in table.rows] for table in tables]
    found = [[[one for one in row if not isinstance(one, str)] for row in rows] for rows in raw]
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()
