"""What becomes of rows: stored once, joined, rejected with a reason, all accounted for."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from survey.errors import Invalid
from survey.extensions import db
from survey.intake.rejected import write_rejected
from survey.models import Response, ServiceType, Unit
from tests import factories
from tests.survey.intake.files import HEADER, MAP, run, workbook, write

ROW = ["1", "23/02/2024", "Ward A", "good", "kind\nand quick"]


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(Response)) or 0


def test_a_row_is_stored_as_the_map_says(any_app: Flask, tmp_path: Path) -> None:
    published = factories.published()
    run(write(tmp_path / "f.csv", ROW))
    stored = db.session.scalars(select(Response)).one()
    assert stored.answers == {"staff": 5, "why": "kind\nand quick"}
    assert stored.version_id == published.published.id
    assert (stored.channel, stored.locale) == ("paper", "en")
    assert stored.submitted_on == date(2024, 2, 23)
    assert stored.submitted_at == datetime(2024, 2, 22, 16, tzinfo=UTC)  # the day begins in Shanghai
    assert stored.processed_at is None
    unit = db.session.get(Unit, stored.unit_id)
    assert unit is not None
    assert (unit.code, unit.names, unit.kind) == ("ward-a", {"en": "Ward A"}, "department")


def test_a_tier_of_the_customer_is_kept_and_never_with_anonymous_answers(
    any_app: Flask, tmp_path: Path
) -> None:
    document = factories.document(code="known")
    factories.published(code="known", privacy=document["privacy"] | {"anonymous": False})
    factories.published()
    map_ = MAP + '[tier]\ncolumn = "rank"\n'
    header = [*HEADER, "rank"]
    rows = [*ROW, "VIP"], ["2", *ROW[1:], "x" * 41], ["3", *ROW[1:], ""]
    run(write(tmp_path / "f.csv", *rows, header=header), map_)
    assert [one.tier for one in db.session.scalars(select(Response))] == [None, None, None]
    run(write(tmp_path / "g.csv", *rows, header=header), map_.replace('"small"', '"known"'))
    assert sorted(one.tier or "" for one in db.session.scalars(select(Response))) == [""] * 5 + ["vip"]


def test_importing_again_or_after_a_kill_stores_nothing_twice(any_app: Flask, tmp_path: Path) -> None:
    factories.published()
    rows = [[str(i), *ROW[1:]] for i in range(2500)]
    first = write(tmp_path / "part.csv", *rows[:1700])  # as far as a killed import came
    run(first)
    report = run(write(tmp_path / "f.csv", *rows)).report
    assert (report.imported, report.already, _count()) == (800, 1700, 2500)
    receipts = set(db.session.scalars(select(Response.receipt)))
    assert len(receipts) == 2500
    assert run(first).report.imported == 0


def test_a_dry_run_reports_the_same_and_stores_nothing(any_app: Flask, tmp_path: Path) -> None:
    factories.published()
    path = write(tmp_path / "f.csv", ROW, ["2", "13/13/2024", "Ward A", "good", ""], ["", "", "", "", ""])
    dry = run(path, dry_run=True).report.counts()
    assert (_count(), db.session.scalar(select(func.count()).select_from(Unit))) == (0, 0)
    assert run(path).report.counts() == dry


def test_rows_of_one_key_make_one_response_wherever_they_stand(app: Flask, tmp_path: Path) -> None:
    factories.published()
    first = ["1", "23/02/2024", "Ward A", "good", ""]
    other = ["2", *ROW[1:]]
    last = ["\u00a01 ", "23/02/2024", "Ward\u00a0A", "", "kind"]
    report = run(write(tmp_path / "f.csv", first, other, last)).report
    assert (report.imported, report.merged) == (2, 1)
    answers = db.session.scalars(select(Response.answers)).all()
    assert {"staff": 5, "why": "kind"} in answers


@pytest.mark.parametrize(
    ("cells", "reason", "column"),
    [
        (["", *ROW[1:]], "no_key", ""),
        (["1", "", *ROW[2:]], "no_date", "day"),
        (["1", "30/02/2024", *ROW[2:]], "bad_date", "day"),
        (["1", "01/01/2999", *ROW[2:]], "future_date", "day"),
        (["1", ROW[1], "", *ROW[3:]], "no_unit", "unit"),
        (["1", ROW[1], "Ward A", "5", ""], "bad_answer", "staff"),  # the map recodes: every value is named
        (["1", ROW[1], "Ward A", "good", "x" * 2001], "bad_answer", "why"),
        (["1", ROW[1], "Ward A", "none", "None"], "", ""),
        (["1", ROW[1], "Ward A", "", "none"], "no_answers", ""),
        ([*ROW, "more"], "more_cells", ""),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_with_its_reason(
    app: Flask, tmp_path: Path, cells: list[str], reason: str, column: str
) -> None:
    factories.published()
    report = run(write(tmp_path / "f.csv", cells)).report
    if not reason:
        assert report.imported == 1
        return
    assert report.imported == 0
    assert (report.rejections[2].reason, report.rejections[2].column) == (reason, column)


def test_unknown_units_are_rejected_unless_they_may_be_made(app: Flask, tmp_path: Path) -> None:
    factories.published()
    factories.ServiceTypeFactory(names={"en": "Visit"})
    factories.UnitFactory(code="a", names={"zh_Hans": "甲病区", "en": "Ward A"})
    path = write(
        tmp_path / "f.csv",
        ROW,
        ["2", ROW[1], "甲病区", "good", ""],
        ["3", ROW[1], "a", "good", ""],
        ["4", ROW[1], "Ward B", "good", ""],
    )
    report = run(path, create_units=False).report
    assert (report.imported, dict(report.rejected)) == (3, {"unknown_unit": 1})
    assert run(path).report.units == ["Ward B"]


def test_a_name_that_two_units_share_decides_nothing(app: Flask, tmp_path: Path) -> None:
    factories.published()
    factories.UnitFactory(names={"en": "Ward A"})
    factories.UnitFactory(names={"en": "Ward A"})
    assert dict(run(write(tmp_path / "f.csv", ROW)).report.rejected) == {"several_units": 1}


def test_new_units_get_stable_codes_of_their_own_under_the_named_parent(app: Flask, tmp_path: Path) -> None:
    factories.published()
    factories.UnitFactory(code="ward-a", names={"en": "Another ward"})
    map_ = MAP.replace('column = "unit"', 'column = "unit"\nparent = { code = "h", name = "Hospital" }')
    rows = [[str(i), ROW[1], unit, "good", ""] for i, unit in enumerate(["Ward A", "神经内科"])]
    run(write(tmp_path / "f.csv", *rows), map_)
    parent = db.session.scalars(select(Unit).where(Unit.code == "h")).one()
    made = {unit.names["en"]: unit for unit in parent.children}
    assert set(made) == {"Ward A", "神经内科"}
    assert made["Ward A"].code.startswith("ward-a-")
    assert all(unit.code.isascii() and parent.contains(unit) for unit in made.values())
    assert len(db.session.scalars(select(ServiceType)).all()) == 1


def test_units_of_rejected_rows_are_not_made(app: Flask, tmp_path: Path) -> None:
    factories.published()
    report = run(write(tmp_path / "f.csv", ["1", ROW[1], "Ward X", "no such", ""])).report
    assert report.units == []
    assert db.session.scalars(select(Unit)).all() == []


def test_rows_that_contradict_each_other_are_rejected_together(app: Flask, tmp_path: Path) -> None:
    factories.published()
    report = run(write(tmp_path / "f.csv", ROW, [*ROW[:3], "bad", ""])).report
    assert (report.imported, dict(report.rejected)) == (0, {"rows_disagree": 2})


def test_a_response_is_stored_whole_or_not_at_all(app: Flask, tmp_path: Path) -> None:
    factories.published()
    report = run(write(tmp_path / "f.csv", ROW, ["1", "nonsense", *ROW[2:]])).report
    assert dict(report.rejected) == {"companion": 1, "bad_date": 1}
    assert _count() == 0


def test_dates_that_fit_several_formats_are_counted_and_the_first_wins(app: Flask, tmp_path: Path) -> None:
    factories.published()
    days = ["01/02/2024", "23/02/2024", "02/23/2024", "03/03/2024", "2024-02-01"]
    report = run(write(tmp_path / "f.csv", *[[str(i), day, *ROW[2:]] for i, day in enumerate(days)])).report
    assert report.ambiguous == 1
    stored = sorted(db.session.scalars(select(Response.submitted_on)))
    assert stored == [date(2024, 2, 1), date(2024, 2, 1), *[date(2024, 2, 23)] * 2, date(2024, 3, 3)]


def test_a_workbook_gives_the_same_responses_as_its_text(app: Flask, tmp_path: Path) -> None:
    factories.published()
    run(workbook(tmp_path / "f.xlsx", HEADER, [1, date(2024, 2, 23), *ROW[2:]]))
    report = run(write(tmp_path / "f.csv", ROW)).report
    assert (report.already, report.imported) == (1, 0)


def test_not_applicable_is_stored_as_such(app: Flask, tmp_path: Path) -> None:
    factories.published()
    run(write(tmp_path / "f.csv", ["1", ROW[1], "Ward A", "unknown", ""]))
    assert db.session.scalars(select(Response.answers)).one() == {"staff": "na"}


@pytest.mark.parametrize(
    ("map_", "named"),
    [
        (MAP.replace('"small"', '"large"'), "large"),
        (MAP.replace('column = "staff"', 'column = "stuff"'), "ratings.staff.column"),
        (MAP.replace("[ratings.staff]", "[ratings.nurse]"), "ratings.nurse"),
        (MAP.replace("[ratings.staff]", "[ratings.why]"), "ratings.why.not_applicable"),
    ],
)
def test_a_map_that_does_not_fit_is_refused_with_the_place(
    app: Flask, tmp_path: Path, map_: str, named: str
) -> None:
    factories.published()
    with pytest.raises(Invalid) as refused:
        run(write(tmp_path / "f.csv", ROW), map_)
    assert named in str(refused.value)


def test_rejected_rows_come_back_with_line_reason_and_no_formulas(app: Flask, tmp_path: Path) -> None:
    factories.published()
    evil = ["2", "bad", "=cmd|' /C calc'!A0", "good", "＝1+1"]
    intake = run(write(tmp_path / "f.csv", ROW, evil))
    write_rejected(tmp_path / "rejected.csv", intake.table, intake.report.rejections)
    with (tmp_path / "rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["line"], row["reason"], row["value"]) for row in rows] == [("4", "bad_date", "bad")]
    assert (rows[0]["unit"], rows[0]["why"]) == ("'=cmd|' /C calc'!A0", "'＝1+1")
