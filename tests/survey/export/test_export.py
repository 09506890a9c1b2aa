"""What an export holds, and what it must not tell."""

from __future__ import annotations

import csv
import io
import tracemalloc
import uuid
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import insert

from survey import jobs
from survey.export import queries
from survey.extensions import db
from survey.models import Link, Response, RoleName
from tests import factories
from tests.survey.export.answers import SECTIONS


def _answered(n: int, link: Link, **given: Any) -> None:
    for _ in range(n):
        factories.response(link, {"staff": 5}, **given)
    db.session.commit()


def _bulk(link: Link, n: int, answers: dict[str, Any]) -> None:
    """Many at once: copies of one made response."""
    made = factories.response(link, answers)
    row = {c.key: getattr(made, c.key) for c in Response.__table__.columns}
    copies = [
        {"id": uuid.uuid4(), "idempotency_key": uuid.uuid4().hex, "receipt": uuid.uuid4().hex[:16]}
        for _ in range(n)
    ]
    db.session.execute(insert(Response), [row | copy for copy in copies])
    db.session.commit()


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def administrator(client: FlaskClient) -> FlaskClient:
    factories.sign_in(client, factories.UserFactory())
    return client


def _get(client: FlaskClient, **given: str) -> bytes:
    sent = {"questionnaire": "small", "answers": "codes", "language": "en", "what": "csv"} | given
    with client.get("/export/file", query_string=sent) as answer:
        assert answer.status_code == 200, answer.text
        return answer.data


def test_a_row_holds_the_response_its_place_answers_and_sentiment(any_app: Flask) -> None:
    client = any_app.test_client()
    factories.sign_in(client, factories.UserFactory())
    link = factories.link()
    _answered(9, link)
    made = factories.response(link, {"staff": "na", "why": "=The nurse was very kind."})
    db.session.commit()
    jobs.process_waiting()
    content = _get(client)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = {row["response"]: row for row in _rows(content)}
    row = rows[str(made.id)]
    assert (row["unit"], row["service_type"]) == (link.unit.code, link.service_type.code)
    assert (row["staff"], row["why"]) == ("na", "'=The nurse was very kind.")
    assert (row["why:sentiment"], row["channel"], row["version"]) == ("positive", "web", "1")
    assert len(rows) == 10


def test_words_are_in_the_chosen_language_and_headings_are_no_formulas(administrator: FlaskClient) -> None:
    link = factories.link(questionnaire=factories.published(sections=SECTIONS))
    for _ in range(10):
        factories.response(link, {"staff": 4, "liked": ["price"], "care": {"warm": 2}})
    db.session.commit()
    english = _rows(_get(administrator, answers="labels"))[0]
    assert english["staff: =About staff"] == "4 points"
    assert english["liked.price: =price"] == "'=price"
    assert english["liked.time: =time"] == ""
    chinese = _rows(_get(administrator, answers="labels", language="zh_Hans"))[0]
    assert (chinese["care.warm: warm"], chinese["unit_name"]) == ("2 分", link.unit.names["zh_Hans"])


def test_units_with_few_responses_are_not_named_and_never_one_alone(administrator: FlaskClient) -> None:
    questionnaire = factories.published()
    sizes = {"small-one": 3, "middle": 12, "large": 20}
    for code, n in sizes.items():
        _answered(n, factories.link(questionnaire=questionnaire, unit=factories.UnitFactory(code=code)))
    rows = _rows(_get(administrator))
    assert Counter(row["unit"] for row in rows) == {"large": 20, "(fewer than 10)": 15}
    hidden = [row for row in rows if row["unit"] == "(fewer than 10)"]
    assert {row["service_type_name"] for row in hidden} == {"(fewer than 10)"}


def test_the_order_of_rows_does_not_betray_a_unit(administrator: FlaskClient) -> None:
    questionnaire = factories.published()
    for n in (4, 5, 11):
        _answered(n, factories.link(questionnaire=questionnaire), submitted_on=date(2024, 3, 1))
    rows = [row["response"] for row in _rows(_get(administrator))]
    assert rows == sorted(rows)  # random ids


def test_so_few_responses_that_nothing_may_be_told_are_refused(administrator: FlaskClient) -> None:
    _answered(9, factories.link())
    answer = administrator.get(
        "/export/file?questionnaire=small&answers=codes&language=en&what=csv&first_on=2024-01-01"
    )
    assert (answer.status_code, "fewer than 10" in answer.text, "2024-01-01" in answer.text) == (
        422,
        True,
        True,
    )


def test_only_the_asked_days_are_exported(administrator: FlaskClient) -> None:
    link = factories.link()
    _answered(10, link, submitted_on=date(2024, 3, 1))
    _answered(11, link, submitted_on=date(2024, 3, 2))
    assert len(_rows(_get(administrator, last_on="2024-03-01"))) == 10
    assert len(_rows(_get(administrator, first_on="2024-03-02", last_on="2024-03-02"))) == 11
    wrong = administrator.get("/export/file?questionnaire=small&first_on=2024-03-02&last_on=2024-03-01")
    assert wrong.status_code == 422


def test_a_quality_manager_exports_the_own_subtree_only(client: FlaskClient) -> None:
    mine = factories.UnitFactory(code="mine")
    below = factories.UnitFactory(code="below", parent=mine)
    questionnaire = factories.published()
    for unit in (below, factories.UnitFactory(code="foreign")):
        _answered(10, factories.link(questionnaire=questionnaire, unit=unit))
    factories.sign_in(client, factories.UserFactory(role=RoleName.QUALITY_MANAGER, unit=mine))
    assert {row["unit"] for row in _rows(_get(client))} == {"below"}


@pytest.mark.parametrize("role", [RoleName.HEAD_OF_UNIT, RoleName.STAFF])
def test_heads_and_staff_export_nothing(client: FlaskClient, role: str) -> None:
    factories.sign_in(client, factories.UserFactory(role=role, unit=factories.UnitFactory()))
    assert client.get("/export/").status_code == 403
    assert client.get("/export/file").status_code == 403


def test_the_codebook_explains_every_column(administrator: FlaskClient) -> None:
    link = factories.link(questionnaire=factories.published(sections=SECTIONS))
    _answered(10, link)
    columns = _rows(_get(administrator))[0].keys()
    book = {row["column"]: row for row in _rows(_get(administrator, what="codebook"))}
    assert list(book) == list(columns)
    staff = book["staff"]
    assert (staff["satisfied"], staff["not_applicable"], staff["type"]) == ("4, 5", "na", "rating")
    assert staff["values"].startswith("1 = 1 points; 2 = 2 points")
    assert book["mark"]["values"] == "0…100"
    assert book["liked.price"]["meaning"] == "'=About liked – =price"


def test_columns_of_every_version_stand_side_by_side(administrator: FlaskClient) -> None:
    link = factories.link()
    _answered(10, link)
    factories.published(sections=SECTIONS)
    factories.response(link, {"staff": 1, "mark": 70})
    db.session.commit()
    rows = _rows(_get(administrator))
    assert Counter((row["version"], row["staff"], row["mark"]) for row in rows) == {
        ("1", "5", ""): 10,
        ("2", "1", "70"): 1,
    }


def test_a_workbook_holds_responses_and_codebook_and_no_formula(
    administrator: FlaskClient, tmp_path: Path
) -> None:
    link = factories.link()
    for _ in range(10):
        factories.response(link, {"staff": 5, "why": "=1+1"})
    db.session.commit()
    path = tmp_path / "out.xlsx"
    path.write_bytes(_get(administrator, what="xlsx"))
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["responses", "codebook"]
    rows = book.get_sheet_by_name("responses").to_python()
    assert dict(zip(rows[0], rows[1], strict=True))["why"] == "'=1+1"
    assert dict(zip(rows[0], rows[1], strict=True))["staff"] == 5


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_responses(
    app: Flask, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "CHUNK", 100)
    link = factories.link()

    def peak() -> int:
        out = str(tmp_path / "out")
        tracemalloc.start()
        args = ["responses", "export", "--questionnaire", "small", "--format", form, "--out", out]
        assert app.test_cli_runner().invoke(args=args).exit_code == 0
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    text = {"staff": 5, "why": "kind " * 60}
    _bulk(link, 1000, text)
    peak()  # loads what is loaded once
    small = peak()
    _bulk(link, 4000, text)
    assert peak() < small * 1.6  # five times the rows


def test_not_applicable_is_a_code_or_words(app: Flask) -> None:
    question = factories.definition().by_code["staff"]
    assert question.cells("na", None) == ["na"]
    assert question.cells("na", "zh_Hant") == ["不適用"]
    assert question.cells(None, "en") == [None]
