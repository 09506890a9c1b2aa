"""Files and maps for the tests of imports."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from survey.config import ROOT
from survey.design.service import publish, save_draft
from survey.extensions import db
from survey.intake.maps import ImportMap, read_map
from survey.intake.service import Intake, open_intake
from survey.models import Questionnaire

MAP = """
questionnaire = "small"
key = "id"
no_answer = ["none"]
[date]
column = "day"
formats = ["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d"]
[unit]
column = "unit"
[service_type]
constant = "Visit"
[channel]
constant = "paper"
[language]
constant = "en"
[ratings.staff]
column = "staff"
recode = { good = 5, middling = 3, bad = 1 }
not_applicable = "unknown"
[comments.why]
column = "why"
"""
HEADER = ["id", "day", "unit", "staff", "why"]


def write(path: Path, *rows: Sequence[str], header: Sequence[str] = HEADER, encoding: str = "utf-8") -> Path:
    lines = [",".join('"' + str(cell).replace('"', '""') + '"' for cell in row) for row in (header, *rows)]
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path


def workbook(path: Path, *rows: Sequence[Any]) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yy"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def library(code: str) -> Questionnaire:
    """A questionnaire that ships with the program, published."""
    document = json.loads((ROOT / "survey/design/library" / f"{code}.json").read_text(encoding="utf-8"))
    version = save_draft(document)
    publish(version)
    db.session.commit()
    return version.questionnaire


def run(path: Path, map_: str | ImportMap = MAP, **given: Any) -> Intake:
    """Imports as the command does."""
    wanted = read_map(map_) if isinstance(map_, str) else map_
    options = {"timezone": "Asia/Shanghai", "locale": "en", "create_units": True} | given
    intake = open_intake(path, wanted, **options)
    db.session.commit()
    for batch in intake.batches():
        intake.take(batch)
        db.session.commit()
    assert intake.report.accounted == intake.report.read
    return intake
