"""flask invitations make."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from survey.distribute.commands import invitations_commands
from survey.extensions import db
from survey.models import Invitation
from tests import factories

HEADER = "reference,unit,service_type,when\n"


@pytest.fixture
def folder(any_app: Flask, tmp_path: Path) -> Path:
    factories.UnitFactory(code="ward")
    factories.ServiceTypeFactory(code="stay")
    factories.published()
    db.session.commit()
    return tmp_path


def run(app: Flask, folder: Path, content: str, *more: str) -> Result:
    (folder / "in.csv").write_text(content)
    out = str(folder / "out.csv")
    asked = ["make", str(folder / "in.csv"), "--channel", "sms", "--out", out, *more]
    if "--questionnaire" not in more:
        asked += ["--questionnaire", "small"]
    return app.test_cli_runner().invoke(invitations_commands, asked)


def test_links_are_written_to_a_file_that_only_the_owner_reads(any_app: Flask, folder: Path) -> None:
    result = run(any_app, folder, HEADER + "A-1,ward,stay,2026-05-04\n")
    assert (result.exit_code, result.output) == (0, "made: 1  already there: 0  left out: 0\n")
    written = folder / "out.csv"
    assert "http://localhost:8000/i/" in written.read_text(encoding="utf-8-sig")
    assert written.stat().st_mode & 0o777 == 0o600
    again = run(any_app, folder, HEADER + "A-1,ward,stay,2026-05-04\n")
    assert "already there: 1" in again.output


def test_a_faulty_row_stops_it_unless_it_may_be_left_out(any_app: Flask, folder: Path) -> None:
    content = HEADER + "A-1,ward,stay,2026-05-04\nA-2,nowhere,stay,2026-05-04\n"
    result = run(any_app, folder, content)
    assert result.exit_code == 1
    assert "line 3: unit 'nowhere': unknown unit" in result.output
    assert db.session.query(Invitation).count() == 0
    assert "made: 1  already there: 0  left out: 1" in run(any_app, folder, content, "--skip-faulty").output


def test_a_file_with_links_is_never_written_over(any_app: Flask, folder: Path) -> None:
    (folder / "out.csv").write_text("precious")
    result = run(any_app, folder, HEADER + "A-1,ward,stay,2026-05-04\n")
    assert result.exit_code == 1
    assert "cannot write" in result.output
    assert (folder / "out.csv").read_text() == "precious"
    db.session.rollback()
    assert db.session.query(Invitation).count() == 0


def test_what_is_unknown_is_said_in_one_line(any_app: Flask, folder: Path) -> None:
    for content, more in ((HEADER, ["--questionnaire", "none"]), ("a,b\n", [])):
        result = run(any_app, folder, content, *more)
        assert result.exit_code == 1
        assert result.output.startswith("Error: ")
        assert result.output.count("\n") == 1
