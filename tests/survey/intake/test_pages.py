"""The pages of the import."""

from __future__ import annotations

import io
import uuid
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey import audit
from survey.extensions import db
from survey.intake import work
from tests import factories
from tests.survey.audit.chains import told
from tests.survey.intake.files import MAP, write

ROWS = [["1", "23/02/2024", "Ward A", "good", "<b>kind</b>"], ["2", "bad", "Ward A", "good", ""]]


@pytest.fixture
def administrator(client: FlaskClient) -> FlaskClient:
    factories.published()
    factories.sign_in(client, factories.UserFactory())
    return client


def _upload(client: FlaskClient, path: Path, map_: str | None = MAP, **given: Any) -> TestResponse:
    sent: dict[str, Any] = {"file": (io.BytesIO(path.read_bytes()), path.name), "create_units": "y"} | given
    if map_ is not None:
        sent["map_file"] = (io.BytesIO(map_.encode()), "map.toml")
    return client.post("/import/", data=sent)


def test_from_upload_to_report(administrator: FlaskClient, tmp_path: Path) -> None:
    sent = _upload(administrator, write(tmp_path / "ward.csv", *ROWS))
    assert sent.status_code == 303
    page = sent.headers["Location"]
    assert "being checked" in administrator.get(page).text
    assert administrator.get(f"{page}/state").json == {"phase": "checking", "read": 0, "rows": None}
    work.work_off()
    checked = administrator.get(page).text
    assert "&lt;b&gt;kind&lt;/b&gt;" in checked
    assert "the date fits none of the formats" in checked
    assert "Import 1 response" in checked
    assert administrator.post(f"{page}/start").status_code == 303
    work.work_off()
    assert "Responses imported" in administrator.get(page).text
    with administrator.get(f"{page}/rejected.csv") as rejected:
        assert b"bad_date" in rejected.data
    assert administrator.post(f"{page}/remove").status_code == 303
    assert administrator.get(page).status_code == 404


@pytest.mark.parametrize(
    ("map_", "given", "said"),
    [
        (None, {}, "choose a file with a map"),
        ("nonsense", {}, "not valid TOML"),
        (MAP, {"file": (io.BytesIO(b""), "")}, "Please choose a file."),
        (None, {"map_file": (io.BytesIO(b"\xff\xfe\x00"), "map.toml")}, "not a text in UTF-8"),
    ],
)
def test_a_wrong_upload_is_answered_beside_its_cause(
    administrator: FlaskClient, tmp_path: Path, map_: str | None, given: dict[str, Any], said: str
) -> None:
    answer = _upload(administrator, write(tmp_path / "f.csv", *ROWS), map_, **given)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_wrong_map_can_be_corrected_on_the_page(administrator: FlaskClient, tmp_path: Path) -> None:
    wrong = MAP.replace('column = "staff"', 'column = "stuff"')
    page = _upload(administrator, write(tmp_path / "f.csv", *ROWS), wrong).headers["Location"]
    work.work_off()
    assert "ratings.staff.column" in administrator.get(page).text
    refused = administrator.post(f"{page}/check", data={"map": "key = ="})
    assert (refused.status_code, "key = =" in refused.text) == (422, True)
    assert administrator.post(f"{page}/check", data={"map": MAP, "create_units": "y"}).status_code == 303
    work.work_off()
    assert "Import 1 response" in administrator.get(page).text


def test_an_example_map_can_be_chosen(administrator: FlaskClient, tmp_path: Path) -> None:
    answer = _upload(administrator, write(tmp_path / "f.csv", *ROWS), None, example="nhs_fft.toml")
    assert answer.status_code == 303


@pytest.mark.parametrize("role", ["quality_manager", "head_of_unit", "staff", "auditor"])
def test_only_administrators_import(client: FlaskClient, role: str) -> None:
    unit = factories.UnitFactory()
    factories.sign_in(client, factories.UserFactory(role=role, unit=unit))
    number = uuid.uuid4()
    assert client.get("/import/").status_code == 403
    for address in (f"/import/{number}", f"/import/{number}/rejected.csv", f"/import/{number}/state"):
        assert client.get(address).status_code == 403
    assert client.post(f"/import/{number}/start").status_code == 403


def test_an_unknown_run_is_a_404(administrator: FlaskClient) -> None:
    db.session.commit()
    assert administrator.get(f"/import/{uuid.uuid4()}").status_code == 404


def test_a_preview_looked_at_often_is_noted_once_a_person_and_upload(any_app: Flask, tmp_path: Path) -> None:
    factories.published()
    file = write(tmp_path / "ward.csv", *ROWS)
    people = [any_app.test_client() for _ in range(2)]
    for person in people:
        factories.sign_in(person, factories.UserFactory())
    first, second = (_upload(people[0], file).headers["Location"] for _ in range(2))
    assert ("saw", "import") not in told()  # nothing to see before the check
    work.work_off()
    for _ in range(3):
        assert "kind" in people[0].get(first).text
    assert told().count(("saw", "import")) == 1
    people[0].get(second)
    people[1].get(first)
    assert told().count(("saw", "import")) == 3
    assert isinstance(audit.verify(), audit.Head)


def test_a_preview_is_not_shown_when_its_first_sight_cannot_be_noted(
    administrator: FlaskClient, tmp_path: Path
) -> None:
    page = _upload(administrator, write(tmp_path / "ward.csv", *ROWS)).headers["Location"]
    work.work_off()
    administrator.application.testing = administrator.application.config["TESTING"] = False
    refused = "CREATE TRIGGER full BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    db.session.execute(db.text(refused))
    db.session.commit()
    answer = administrator.get(page)
    assert answer.status_code >= 500
    assert "kind" not in answer.text
