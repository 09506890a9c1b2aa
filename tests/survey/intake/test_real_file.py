"""The real file of the issue, from the command to the figures, on each database."""

from __future__ import annotations

import json
from csv import DictReader
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import func, select

from survey.config import ROOT
from survey.extensions import db
from survey.models import Response
from survey.processing import recount
from tests.survey.intake.files import library

MAP = ROOT / "docs" / "examples" / "nhs_fft.toml"


@pytest.fixture
def real(shared: Path) -> Path:
    path = shared / "data" / "nhs_fft" / "neas_fft_2021_2022.csv"
    if not path.exists():
        pytest.skip("the real file is not beside the checkout")
    return path


def _import(cli: FlaskCliRunner, file: Path, *more: str) -> str:
    done = cli.invoke(args=["responses", "import", str(file), "--map", str(MAP), "--create-units", *more])
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


def test_the_real_file_gives_its_known_figures_and_importing_it_again_changes_nothing(
    any_app: Flask, real: Path
) -> None:
    library("nhs-fft")
    cli = any_app.test_cli_runner()
    first = _import(cli, real)
    assert "rows read: 5,096 responses imported: 3,462 responses already there: 0" in first
    assert "rows merged into others: 1,634 empty rows: 0 rows rejected: 0" in first
    again = _import(cli, real)
    assert "responses imported: 0 responses already there: 3,462" in again
    assert db.session.scalar(select(func.count()).select_from(Response)) == 3462

    assert "processed: 3462" in cli.invoke(args=["pipeline", "drain"]).output
    assert list(recount.verify()) == []
    shown = cli.invoke(
        args=[
            "results",
            "show",
            "--questionnaire",
            "nhs-fft",
            "--question",
            "fft",
            "--by",
            "unit",
            "--format",
            "json",
        ]
    )
    groups = {group["unit"]: group for group in json.loads(shown.output)["groups"]}
    assert {name: group["n"] for name, group in groups.items()} == {
        "111": 859,
        "PTS - Patient Transport": 955,
        "See and Convey": 1601,
    }
    satisfied = {name: round(group["csat"]["value"], 2) for name, group in groups.items()}
    assert satisfied == {"111": 75.44, "PTS - Patient Transport": 94.97, "See and Convey": 88.69}
    assert sum(group["n"] + group["not_applicable"] for group in groups.values()) == 3462


def test_a_dry_run_of_the_real_file_stores_nothing(app: Flask, real: Path) -> None:
    library("nhs-fft")
    said = _import(app.test_cli_runner(), real, "--dry-run")
    assert "responses would be imported: 3,462" in said
    assert "units would be created: 111, PTS - Patient Transport, See and Convey" in said
    assert db.session.scalar(select(func.count()).select_from(Response)) == 0


def test_both_spellings_of_a_question_are_one_question(app: Flask, real: Path) -> None:
    library("nhs-fft")
    _import(app.test_cli_runner(), real)
    answers = db.session.scalars(select(Response.answers)).all()
    assert sum("describe" in given for given in answers) == 479 + 18 - _unanswered(real)


def _unanswered(real: Path) -> int:
    """Rows of that question without an answer, read independently of the program."""
    with real.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in DictReader(file) if row["FFT question"].startswith("Please describe")]
    return sum(row["FFT answer"].strip() in ("", "Did not answer") for row in rows)
