from __future__ import annotations

import random
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from survey.extensions import db
from survey.models import ServiceType, Unit
from survey.organisation.commands import organisation_commands
from survey.organisation.importing import import_service_types, import_units
from tests.factories import UnitFactory

HEADER = "code,parent,kind,name_zh_Hans,name_zh_Hant,name_en\n"
ROWS = [
    "hq,,headquarters,总院,總院,House\n",
    "med,hq,branch,内科,內科,Medicine\n",
    "med-1,med,department,内科一病区,,Ward 1\n",
    "med-2,med,,内科二病区,,\n",
    "sur,hq,Branch,外科,,Surgery\n",
]


def paths() -> dict[str, str]:
    return {unit.code: unit.path for unit in db.session.scalars(select(Unit))}


def assert_paths_are_right() -> None:
    for unit in db.session.scalars(select(Unit)):
        assert unit.path == f"{unit.parent.path if unit.parent else '/'}{unit.id}/"


def test_the_order_of_rows_is_free_and_the_same_file_again_changes_nothing(any_app: Flask) -> None:
    rows = random.Random(7).sample(ROWS, len(ROWS))
    report = import_units(HEADER + "".join(reversed(ROWS)))
    assert (report.read, len(report.added), report.problems) == (5, 5, [])
    assert_paths_are_right()
    before = paths()
    again = import_units(HEADER + "".join(rows))
    assert (again.unchanged, again.added, again.changed) == (5, [], [])
    assert paths() == before


def test_a_file_moves_and_renames_and_an_empty_cell_leaves_the_name(app: Flask) -> None:
    import_units(HEADER + "".join(ROWS))
    report = import_units("code,parent,name_en\nmed-1,sur,\nsur,hq,General surgery\n")
    assert (report.changed, report.added) == (["med-1", "sur"], [])
    assert_paths_are_right()
    moved = db.session.scalars(select(Unit).where(Unit.code == "med-1")).one()
    assert moved.parent.code == "sur"  # type: ignore[union-attr]
    assert moved.names == {"zh_Hans": "内科一病区", "en": "Ward 1"}


def test_circles_are_refused_also_through_units_that_are_there(app: Flask) -> None:
    top = UnitFactory(code="top")
    UnitFactory(code="mid", parent=top)
    own = import_units("code,parent,name_en\nx,x,X\n")
    assert [problem.line for problem in own.problems] == [2]
    db.session.rollback()
    top = UnitFactory(code="top")
    UnitFactory(code="mid", parent=top)
    through = import_units("code,parent,name_en\nlow,mid,Low\ntop,low,Top\n")
    assert [problem.line for problem in through.problems] == [2, 3]


def test_every_error_is_told_with_its_line(app: Flask) -> None:
    bad = HEADER + ROWS[0] + "a b,,,x,,\nc,moon,,x,,\nd,,castle,x,,\ne,,,,,\nhq,,,x,,\n"
    assert {problem.line for problem in import_units(bad).problems} == {2, 3, 4, 5, 6, 7}


def test_service_types_come_from_a_file(app: Flask) -> None:
    text = "code,name_zh_Hans,name_en\nstay,住院,Stay\nvisit,门诊,Visit\n"
    assert len(import_service_types(text).added) == 2
    assert import_service_types(text).unchanged == 2
    assert import_service_types("code,name_en\nvisit,Call\n").changed == ["visit"]
    assert [problem.line for problem in import_service_types("code,name_en\nx,\n").problems] == [2]
    assert db.session.scalars(select(ServiceType.code).order_by(ServiceType.position)).all() == [
        "stay",
        "visit",
    ]


def test_the_commands_import_all_or_nothing(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "tree.csv"
    file.write_bytes((HEADER + "".join(ROWS)).encode("gb18030"))
    run = app.test_cli_runner()
    done = run.invoke(organisation_commands, ["import-units", str(file)])
    assert done.output == "read: 5, added: 5, changed: 0, unchanged: 0\n"
    file.write_text("code,parent,name_en\nnew,hq,New\nbad,moon,Bad\n")
    wrong = run.invoke(organisation_commands, ["import-units", str(file)])
    assert wrong.exit_code == 1
    assert "line 3" in wrong.output
    assert "new" not in paths()
    file.write_text("x\n")
    assert run.invoke(organisation_commands, ["import-service-types", str(file)]).exit_code == 1
