from __future__ import annotations

import pytest
from flask import Flask


def _run(app: Flask, *args: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["check", *args])
    return done.exit_code, done.output


def test_the_three_figures_of_the_reports_are_found(app: Flask) -> None:
    code, said = _run(app, "shares", "50/50", "48/50", "--p", "P<0.05")
    assert code == 1
    assert "x 50/50 against 48/50 is not P<0.05: Fisher's exact test gives 0.495." in said
    code, said = _run(app, "shares", "88.72%", "--n", "24")
    assert code == 1
    assert "x 88.72% of 24 persons cannot be: nearest are 21 (87.5%) and 22 (91.67%)." in said
    code, said = _run(app, "means", "6.50±0.25", "--n", "50", "--range", "3", "10", "--observed")
    assert code == 1
    assert "x 6.50±0.25 with answers from 3 to 10 (range observed) cannot be an SD" in said


def test_what_can_be_ends_well(app: Flask) -> None:
    code, said = _run(app, "shares", "48/50 (96.0%)", "30/50", "--p", "<0.001")
    assert code == 0
    assert "+ 48 of 50 is 96.0%, as printed." in said
    assert "Pearson's chi-square test gives <0.001" in said


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("shares", "1/2", "1/2", "1/2"), "one group or two"),
        (("shares", "88.72"), "Please give a count"),
        (("means", "4.2", "4.1±1", "--n", "9", "--n", "9"), "by their SDs"),
        (("means", "4.2±1", "--n", "9", "--range", "5", "1"), "must lie above"),
        (("shares", "1/2", "2/2", "--p", "much"), "Please give P"),
    ],
)
def test_wrong_usage_is_told_in_one_line(app: Flask, args: tuple[str, ...], said: str) -> None:
    code, printed = _run(app, *args)
    assert code == 2
    assert said in printed
    assert len(printed.strip().splitlines()) == 1
