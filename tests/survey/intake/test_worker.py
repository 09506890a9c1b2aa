"""The worker's part: claimed once, resumed after a kill, progress to be seen."""

from __future__ import annotations

import shutil
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask, current_app
from sqlalchemy import func, select

from survey import clock, jobs
from survey.errors import Invalid
from survey.extensions import db
from survey.intake import uploads, work
from survey.models import ImportRun, Phase, Response
from tests import factories
from tests.survey.intake.files import MAP, write

ROWS = [[str(i), "23/02/2024", "Ward A", "good", f"kind, number {i}"] for i in range(2300)]


def _begun(path: Path, map_: str = MAP, by: uuid.UUID | None = None) -> uuid.UUID:
    settings = current_app.extensions["settings"]
    run = uploads.begin(lambda target: shutil.copy(path, target), path.name, map_, True, by, settings)
    number = run.id
    db.session.commit()
    return number


def _run(number: uuid.UUID) -> ImportRun:
    db.session.expire_all()
    run = db.session.get(ImportRun, number)
    assert run is not None
    return run


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(Response)) or 0


def test_a_file_is_checked_and_only_then_imported(any_app: Flask, tmp_path: Path) -> None:
    factories.published()
    db.session.commit()
    number = _begun(write(tmp_path / "f.csv", *ROWS, ["", "", "Ward", "good", ""]))
    assert jobs.import_waiting() == 1
    run = _run(number)
    assert (run.phase, run.report["imported"], run.report["rejected"]) == (Phase.CHECKED, 2300, {"no_key": 1})
    assert len(run.report["responses"]) == 20
    assert run.report["responses"][0]["answers"] == {"staff": 5, "why": "kind, number 0"}
    assert run.report["problems"][0]["line"] == 2302
    assert _count() == 0

    uploads.start(run)
    uploads.start(run)
    db.session.commit()
    assert jobs.import_waiting() == 1
    run = _run(number)
    assert (run.phase, run.report["imported"], run.rows, run.rows_read) == (Phase.DONE, 2300, 2301, 2301)
    assert _count() == db.session.scalar(
        select(func.count()).select_from(Response).where(Response.processed_at.is_not(None))
    )
    settings = current_app.extensions["settings"]
    assert not uploads.file_of(run, settings).exists()
    assert b"no_key" in uploads.rejected_of(run, settings).read_bytes()
    assert jobs.import_waiting() == 0


def test_a_killed_import_is_taken_up_when_its_lease_has_run_out(any_app: Flask, tmp_path: Path) -> None:
    factories.published()
    db.session.commit()
    number = _begun(write(tmp_path / "f.csv", *ROWS))
    work.work_off()
    uploads.start(_run(number))
    db.session.commit()

    def killed() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work.work_off(meanwhile=killed)
    assert _count() == 1000
    assert work.work_off() == 0  # somebody is at it, for all one knows
    _run(number).leased_until = clock.now() - timedelta(seconds=1)
    db.session.commit()
    assert work.work_off() == 1
    run = _run(number)
    assert (run.phase, run.report["imported"], run.report["already"], _count()) == ("done", 1300, 1000, 2300)


def test_a_file_removed_in_the_middle_stops_the_work(app: Flask, tmp_path: Path) -> None:
    factories.published()
    db.session.commit()
    number = _begun(write(tmp_path / "f.csv", *ROWS))
    settings = current_app.extensions["settings"]

    def removed() -> None:
        run = db.session.get(ImportRun, number)
        if run is not None:
            uploads.remove(run, settings)
            db.session.commit()

    assert work.work_off(meanwhile=removed) == 1
    assert db.session.scalars(select(ImportRun)).all() == []
    assert list(uploads.folder(settings).iterdir()) == []


def test_what_cannot_be_used_says_why_and_can_be_checked_again(app: Flask, tmp_path: Path) -> None:
    factories.published()
    db.session.commit()
    wrong = MAP.replace('column = "staff"', 'column = "stuff"')
    number = _begun(write(tmp_path / "f.csv", *ROWS[:3]), wrong)
    work.work_off()
    run = _run(number)
    assert run.phase == Phase.FAILED
    assert "ratings.staff.column" in (run.failure or "")
    uploads.check_again(run, MAP, True)
    db.session.commit()
    work.work_off()
    assert _run(number).phase == Phase.CHECKED


@pytest.mark.parametrize(("locale", "words"), [("en", "the file has no column"), ("zh_Hant", "檔案中沒有")])
def test_the_worker_speaks_the_language_of_the_person_who_uploaded(
    app: Flask, tmp_path: Path, locale: str, words: str
) -> None:
    factories.published()
    person = factories.UserFactory.create(locale=locale)
    db.session.commit()
    wrong = MAP.replace('column = "staff"', 'column = "stuff"')
    number = _begun(write(tmp_path / "f.csv", *ROWS[:3]), wrong, person.id)
    work.work_off()
    assert words in (_run(number).failure or "")


def test_a_map_that_is_none_is_not_even_kept(app: Flask, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        _begun(write(tmp_path / "f.csv"), "no map")
    assert list(uploads.folder(current_app.extensions["settings"]).iterdir()) == []
