from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from survey.accounts.commands import import_users
from survey.accounts.importing import import_people
from survey.extensions import db
from survey.models import User
from tests.factories import UnitFactory, UserFactory
from tests.survey.accounts.people import person, sign_in

FILE = """email,name,role,unit,language
li@example.org,李梅,staff,ward,zh-CN
Chen@Example.org,陳明,Head of unit,house,zh_TW
boss@example.org,Boss,administrator,,en
"""


@pytest.fixture(autouse=True)
def units(app: Flask) -> None:
    UnitFactory(code="house")
    UnitFactory(code="ward")
    db.session.commit()


def number() -> int:
    return db.session.scalar(select(func.count()).select_from(User)) or 0


def test_the_same_file_twice_changes_nothing(app: Flask) -> None:
    report, new = import_people(FILE)
    assert (report.read, len(report.added), report.problems, len(new)) == (3, 3, [], 3)
    assert {user.email: (user.role, user.locale) for user in new} == {
        "li@example.org": ("staff", "zh_Hans"),
        "chen@example.org": ("head_of_unit", "zh_Hant"),
        "boss@example.org": ("administrator", "en"),
    }
    before = {user.email: user.fs_uniquifier for user in new}
    again, newer = import_people(FILE)
    assert (again.unchanged, again.added, again.changed, newer) == (3, [], [], [])
    assert {user.email: user.fs_uniquifier for user in db.session.scalars(select(User))} == before


def test_every_error_is_told_with_its_line(app: Flask) -> None:
    bad = FILE + "nobody,x,staff,ward,\na@example.org,A,king,ward,\nb@example.org,B,staff,moon,\n"
    bad += "c@example.org,C,staff,,\nLI@example.org,Twice,staff,ward,\nd@example.org,D,staff,ward,fr\n"
    report, _new = import_people(bad)
    assert [problem.line for problem in report.problems] == [5, 6, 7, 8, 9, 10]


def test_a_file_may_replace_the_last_administrator_in_any_order(app: Flask) -> None:
    UserFactory(email="old@example.org", role="administrator", name="Old")
    report, _new = import_people(
        "email,name,role,unit\nold@example.org,Old,staff,ward\nnew@example.org,New,administrator,\n"
    )
    assert report.problems == []


def test_the_last_administrator_stays_whatever_the_file_says(app: Flask) -> None:
    UserFactory(email="old@example.org", role="administrator", name="Old")
    report, _new = import_people("email,name,role,unit\nold@example.org,Old,staff,ward\n")
    assert [problem.line for problem in report.problems] == [2]


def test_the_page_previews_then_imports_and_shows_the_links_once(client: FlaskClient) -> None:
    person(email="admin@example.org")
    sign_in(client, "admin@example.org")
    upload = {"file": (io.BytesIO(FILE.encode("gb18030")), "people.csv"), "check": "1"}
    preview = client.post("/users/import", data=upload)
    assert "This would happen" in preview.text
    assert "李梅" in preview.text
    assert number() == 1
    stored = client.post("/users/import", data={"text": FILE, "store": "1"})
    assert number() == 4
    sheet = re.search(r'href="data:text/csv;base64,([^"]+)"', stored.text)
    assert sheet
    rows = base64.b64decode(sheet[1]).decode("utf-8-sig").splitlines()
    assert len(rows) == 4
    link = rows[1].partition(",")[2]
    assert client.get(link.partition("8000")[2]).status_code == 200
    assert "/reset/" not in client.post("/users/import", data={"text": FILE, "store": "1"}).text


def test_one_wrong_line_and_nothing_is_imported(client: FlaskClient) -> None:
    person(email="admin@example.org")
    sign_in(client, "admin@example.org")
    page = client.post("/users/import", data={"text": FILE + "x@example.org,X,king,,\n", "store": "1"})
    assert "Line 5: There is no such role." in page.text
    assert number() == 1


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x00", b"name\nx\n", b"a,b\n1,2\n", b"\x00" * 99])
def test_a_file_that_is_none_is_refused_in_words(client: FlaskClient, content: bytes) -> None:
    person(email="admin@example.org")
    sign_in(client, "admin@example.org")
    page = client.post("/users/import", data={"file": (io.BytesIO(content), "x.csv"), "check": "1"})
    assert page.status_code == 200
    assert 'id="file-error"' in page.text


def test_a_file_too_large_for_the_page_is_refused_in_words(client: FlaskClient) -> None:
    person(email="admin@example.org")
    sign_in(client, "admin@example.org")
    assert "too large for the page" in client.post("/users/import", data={"text": "x" * 600_000}).text


def test_the_command_imports_and_writes_the_links(app: Flask, tmp_path: Path) -> None:
    file, links = tmp_path / "people.csv", tmp_path / "links.csv"
    file.write_text(FILE)
    done = app.test_cli_runner().invoke(import_users, [str(file), "--links", str(links)])
    assert done.output == "read: 3, added: 3, changed: 0, unchanged: 0\n"
    assert links.read_text("utf-8-sig").count("/reset/") == 3
    file.write_text(FILE + "x,y,z,,\n")
    wrong = app.test_cli_runner().invoke(import_users, [str(file)])
    assert wrong.exit_code == 1
    assert "line 5" in wrong.output
