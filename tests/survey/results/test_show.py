"""`flask results show`: the figures as documented."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from survey import jobs
from survey.extensions import db
from survey.models import Questionnaire
from tests import factories

SHOW = ["results", "show", "--questionnaire", "small", "--question", "staff"]


def _unit(questionnaire: Questionnaire, name: str, **counts: int) -> None:
    unit = factories.UnitFactory(code=name.lower(), names={"en": name})
    service = factories.ServiceTypeFactory(names={"en": f"Service of {name}"})
    link = factories.link(questionnaire=questionnaire, unit=unit, service_type=service)
    for value, n in counts.items():
        answer: Any = int(value[1:]) if value[1:].isdigit() else value
        for _ in range(n):
            factories.response(link, {} if answer == "missing" else {"staff": answer})


@pytest.fixture
def cli(any_app: Flask) -> FlaskCliRunner:
    questionnaire = factories.published()
    _unit(questionnaire, "Large", v5=12, v4=4, v1=4, na=2, missing=3)
    _unit(questionnaire, "Middle", v5=11)
    _unit(questionnaire, "Small", v1=3)
    db.session.commit()
    jobs.process_waiting()
    return any_app.test_cli_runner()


def _json(cli: FlaskCliRunner, *more: str) -> dict[str, Any]:
    done = cli.invoke(args=[*SHOW, "--format", "json", *more])
    assert done.exit_code == 0, done.output
    shown: dict[str, Any] = json.loads(done.output)
    return shown


def test_a_group_has_its_counts_and_figures_with_intervals(cli: FlaskCliRunner) -> None:
    shown = _json(cli, "--by", "unit")
    assert (shown["questionnaire"], shown["question"]) == ("small", "staff")
    large = next(group for group in shown["groups"] if group["unit"] == "Large")
    assert (large["n"], large["not_applicable"], large["missing"]) == (20, 2, 3)
    assert large["counts"] == {"1": 4, "2": 0, "3": 0, "4": 4, "5": 12}
    assert large["csat"]["value"] == pytest.approx(80)
    assert large["csat"]["low"] < 80 < large["csat"]["high"]
    assert large["mean"]["value"] == pytest.approx(4.0)
    assert large["mean_100"]["value"] == pytest.approx(75)


def test_a_small_group_and_the_next_smallest_show_no_figure(cli: FlaskCliRunner) -> None:
    groups = {group["unit"]: group for group in _json(cli, "--by", "unit")["groups"]}
    assert groups["Small"] == {"unit": "Small", "suppressed": True}
    assert groups["Middle"] == {"unit": "Middle", "suppressed": True}
    assert "suppressed" not in groups["Large"]


def test_the_threshold_can_be_set(cli: FlaskCliRunner) -> None:
    groups = {group["unit"]: group for group in _json(cli, "--by", "unit", "--min-n", "3")["groups"]}
    assert {name: group["n"] for name, group in groups.items()} == {"Large": 20, "Middle": 11, "Small": 3}


def test_service_types_are_named_when_asked_for(cli: FlaskCliRunner) -> None:
    groups = _json(cli, "--by", "unit", "--by", "service_type", "--min-n", "1")["groups"]
    assert {(group["unit"], group["service_type"]) for group in groups} >= {("Large", "Service of Large")}


def test_without_a_split_there_is_one_group(cli: FlaskCliRunner) -> None:
    assert [group["n"] for group in _json(cli)["groups"]] == [34]


def test_days_limit_what_is_counted(cli: FlaskCliRunner) -> None:
    assert _json(cli, "--from", "2001-01-01", "--to", "2001-12-31")["groups"] == []


def test_csv_has_one_line_a_group_and_table_names_each(cli: FlaskCliRunner) -> None:
    text = cli.invoke(args=[*SHOW, "--format", "csv", "--by", "unit"]).output
    rows = {row["unit"]: row for row in csv.DictReader(io.StringIO(text))}
    assert (rows["Large"]["n"], rows["Large"]["count:5"]) == ("20", "12")
    assert (rows["Small"]["suppressed"], rows["Small"]["n"]) == ("True", "")
    table = cli.invoke(args=[*SHOW, "--by", "unit"]).output
    assert "80.00" in table
    assert "too few" in table


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--questionnaire", "nope"], "no published questionnaire nope"),
        (["--question", "nope"], "no question nope. It has: staff, why."),
        (["--from", "2024-02-01", "--to", "2024-01-01"], "lies after"),
    ],
)
def test_unknown_codes_are_answered_in_one_line(cli: FlaskCliRunner, wrong: list[str], said: str) -> None:
    done = cli.invoke(args=[*SHOW, *wrong])
    assert done.exit_code == 2
    assert said in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_a_row_of_a_matrix_is_asked_for_by_its_code(app: Flask) -> None:
    matrix = {
        "type": "matrix",
        "code": "care",
        "wording": {"en": "Care", "zh_Hans": "护理"},
        "points": [{"value": v} for v in range(1, 6)],
        "rows": [{"code": "warm", "wording": {"en": "Warm", "zh_Hans": "温暖"}}],
    }
    questionnaire = factories.published(sections=[{"code": "all", "questions": [matrix]}])
    link = factories.link(questionnaire=questionnaire)
    for _ in range(10):
        factories.response(link, {"care": {"warm": 4}})
    db.session.commit()
    jobs.process_waiting()
    args = ["results", "show", "--questionnaire", "small", "--question", "care.warm", "--format", "json"]
    assert json.loads(app.test_cli_runner().invoke(args=args).output)["groups"][0]["counts"]["4"] == 10
