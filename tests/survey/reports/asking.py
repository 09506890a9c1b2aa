"""Asking for reports as somebody, and reading their files."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

from flask.testing import FlaskClient

from survey.extensions import db
from survey.models import Report
from tests.survey.figures.organisation import Organisation, organisation, process

MONTH = {
    "questionnaire": "small",
    "unit": "",
    "kind": "month",
    "month": "2026-03",
    "until": "",
    "language": "en",
}


def two_months() -> Organisation:
    """February at 60 % of 40 in each of three wards, March at 90 %; a fourth ward with four answers in March."""
    place = organisation()
    for ward in range(3):
        for month, good in ((2, 24), (3, 36)):
            day = date(2026, month, 10)
            place.answer(
                ward, ward % 2, {"staff": 5, "why": "very kind nurses, thank you"}, good, submitted_on=day
            )
            place.answer(
                ward, ward % 2, {"staff": 2, "why": "terrible, rude and dirty"}, 40 - good, submitted_on=day
            )
    place.answer(3, 0, {"staff": 5}, 4, submitted_on=date(2026, 3, 11))
    process()
    return place


def asked(client: FlaskClient, **given: Any) -> str:
    """The address of a new report."""
    answer = client.post("/reports/", data=MONTH | given)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def the_report() -> Report:
    db.session.expire_all()
    (found,) = db.session.query(Report).all()
    return found


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """name of a sheet -> its rows, numbers as numbers."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
        return {
            name: [
                _row(row)
                for row in re.findall(
                    r"<row .*?</row>", book.read(f"xl/worksheets/sheet{n}.xml").decode(), re.S
                )
            ]
            for n, name in enumerate(names, start=1)
        }


def _row(row: str) -> list[Any]:
    cells = re.findall(r'<c r="[A-Z]+\d+"[^>]*?(?:/>|>(.*?)</c>)', row, re.S)
    return [_cell(cell) for cell in cells]


def _cell(cell: str) -> Any:
    number = re.fullmatch(r"<v>(.*)</v>", cell)
    return float(number[1]) if number else re.sub(r"<[^>]+>", "", cell)
