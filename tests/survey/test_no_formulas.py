"""In no file that leaves the house is a cell or a heading that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey import clock
from survey.intake.maps import read_map
from survey.intake.rejected import write_rejected
from survey.intake.report import Rejection
from survey.intake.tables import open_table
from tests import factories
from tests.payloads import FORMULAS
from tests.survey.figures.organisation import process
from tests.survey.intake.files import MAP, write

SIGNS = "=+-@＝＋－＠|%"
NUMBER = re.compile(r"-?\d+(\.\d+)?%?")


def live(cell: str) -> bool:
    """As a spreadsheet sees it: the first character that can be seen decides; numbers are only numbers."""
    seen = re.sub(r"^[\s\u200b-\u200d\u2060\ufeff]+", "", cell)
    return cell[:1] in ("\t", "\r", "\n") or (seen[:1] in tuple(SIGNS) and not NUMBER.fullmatch(cell))


def cells(content: bytes) -> Iterator[str]:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows and rows[0]
    for row in rows:
        yield from row


def _text(formula: str) -> dict[str, str]:
    """A questionnaire takes no control characters."""
    return {"en": formula.lstrip("\t\r\n")}


def _document() -> dict[str, Any]:
    points = [{"value": v, "label": _text(FORMULAS[v])} for v in range(1, 6)]
    options = [{"code": f"o{i}", "label": _text(formula)} for i, formula in enumerate(FORMULAS)]
    questions = [
        {"type": "rating", "code": "staff", "wording": _text(FORMULAS[0]), "points": points},
        {"type": "choices", "code": "liked", "wording": _text(FORMULAS[4]), "options": options},
        {"type": "comment", "code": "why", "wording": _text(FORMULAS[8])},
    ]
    return {
        "languages": ["en"],
        "title": _text(FORMULAS[2]),
        "sections": [{"code": "all", "title": _text(FORMULAS[3]), "questions": questions}],
    }


@pytest.fixture
def administrator(app: Flask, client: FlaskClient) -> FlaskClient:
    """Reads an installation in which every name and every comment is a formula."""
    questionnaire = factories.published(**_document())
    top = factories.UnitFactory(code="top", kind="headquarters", names=_text(FORMULAS[0]))
    today = clock.today("Asia/Shanghai")
    for i, formula in enumerate(FORMULAS):
        unit = factories.UnitFactory(code=f"w{i}", parent=top, names=_text(formula))
        service = factories.ServiceTypeFactory(code=f"s{i}", names=_text(formula))
        link = factories.link(questionnaire=questionnaire, unit=unit, service_type=service, label=formula)
        for number in range(11):
            answers = {
                "staff": 1 + number % 5,
                "liked": [f"o{i}"],
                "why": FORMULAS[(i + number) % len(FORMULAS)],
            }
            factories.response(link, answers, submitted_on=today)
    factories.sign_in(client, factories.UserFactory(name=FORMULAS[5]))
    process()
    return client


def test_no_export_of_responses_has_a_live_cell(administrator: FlaskClient) -> None:
    for what in ("csv", "codebook"):
        for answers in ("codes", "labels"):
            asked = {"questionnaire": "small", "answers": answers, "language": "en", "what": what}
            with administrator.get("/export/file", query_string=asked) as file:
                assert file.status_code == 200
                assert [cell for cell in cells(file.data) if live(cell)] == []


def test_no_workbook_has_a_formula(administrator: FlaskClient) -> None:
    asked = {"questionnaire": "small", "answers": "labels", "language": "en", "what": "xlsx"}
    with (
        administrator.get("/export/file", query_string=asked) as file,
        zipfile.ZipFile(io.BytesIO(file.data)) as book,
    ):
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert sheets and all(b"<f>" not in sheet and b"<f " not in sheet for sheet in sheets)
    assert all(b"<hyperlink" not in sheet for sheet in sheets)


def test_no_table_of_a_chart_has_a_live_cell(administrator: FlaskClient) -> None:
    page = administrator.get("/results?period=all&lang=en").text
    files = set(re.findall(r'href="(/results/chart/[^"]+)"', page))
    assert len(files) >= 3
    for address in files:
        file = administrator.get(address.replace("&amp;", "&"))
        assert [cell for cell in cells(file.data) if live(cell)] == [], address


def test_no_file_of_links_has_a_live_cell(administrator: FlaskClient) -> None:
    events = io.StringIO()
    writer = csv.writer(events)
    writer.writerow(["reference", "unit", "service_type", "when", "language"])
    for i, formula in enumerate(FORMULAS):
        writer.writerow([f"{formula}{i}", "w1", "s1", "2026-05-04 10:00", "en"])
    form = {"questionnaire": "small", "channel": "sms", "days": "14", "label": FORMULAS[0]}
    file = (io.BytesIO(events.getvalue().encode()), "=events.csv")
    check = administrator.post("/links/invitations/new", data=form | {"file": file}).location
    batch = administrator.post(check).location
    with administrator.post(f"{batch}/links") as made:
        assert made.status_code == 200
        assert [cell for cell in cells(made.data) if live(cell)] == []


def test_no_file_of_rejected_rows_has_a_live_cell(tmp_path: Path, app: Flask) -> None:
    rows = [[formula, "x", formula, formula, formula] for formula in FORMULAS]
    file = write(tmp_path / "in.csv", *rows, header=["id", "day", "unit", "staff", "=cmd"])
    map_ = read_map(MAP.replace('column = "why"', 'column = "=cmd"'))
    table = open_table(file, map_.file, ["id"])
    wrong = {row.line: Rejection("no_key", "=cmd", str(row.cells[0])) for row in table}
    write_rejected(tmp_path / "out.csv", table, wrong)
    assert len(wrong) == len(FORMULAS)
    assert [cell for cell in cells((tmp_path / "out.csv").read_bytes()) if live(cell)] == []


def test_the_oracle_knows_a_formula_when_it_sees_one() -> None:
    assert live("=1") and live(" +1+1") and live("\u200b＝1") and live("\tx")
    assert not live("-1.5") and not live("'=1") and not live("good") and not live("12%")
