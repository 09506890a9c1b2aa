"""After an erasure a search of every byte of the database and of the files finds nothing of the person."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from survey import clock, jobs
from survey.extensions import db
from survey.models import Batch, ImportRun, Invitation, Questionnaire, Response
from survey.processing import recount, traces
from survey.respond import own
from tests import factories
from tests.survey.privacy import attacker
from tests.survey.respond.visiting import Respondent, invited

NAMED = {"privacy": factories.document()["privacy"] | {"anonymous": False}}
SAID = "Mrs Quetzalcoatlus fed the axolotl at half past nine."
SAID_IN_CHINESE = "胡先生凌晨三點餵了一隻鸚鵡螺"
LONG = "zyzzyva " * 200  # stored apart and compressed on PostgreSQL
TEXTS = (SAID, SAID_IN_CHINESE, LONG)
WORDS = ("xolotl", "zzyva", "鹉螺")  # ends of words, as the index of the search has them


def _answered(app: Flask) -> tuple[str, list[str]]:
    """The reference of one service, and a receipt for each text; others answer before, between and after."""
    questionnaire = factories.published(**NAMED)
    number, receipts, reference = questionnaire.id, [], ""
    for said in ("before", *TEXTS, "after", *["Somebody else said something else."] * 30):
        token, invitation = invited(db.session.get_one(Questionnaire, number))
        if said == TEXTS[0]:
            reference = invitation.service_event.reference = "quokka-4711"
        db.session.commit()
        respondent = Respondent(app.test_client(), f"/i/{token}").open()
        receipt = respondent.send(staff="2", why=said).headers["Location"].split("/")[2]
        receipts += [receipt] if said in TEXTS else []
    jobs.process_waiting()
    return reference, receipts


def _found(folder: Path, *more: str) -> set[tuple[str, str]]:
    """Where any of the texts lies, as it is or as JSON writes it."""
    db.session.rollback()
    wanted = [*(text[:40] for text in TEXTS), *more]
    forms = {form for text in wanted for form in (text.encode(), json.dumps(text)[1:-1].encode())}
    return {
        (name, form.decode())
        for name, content in attacker.files(folder).items()
        for form in forms
        if form in content
    }


def _folder(app: Flask) -> Path:
    folder: Path = app.extensions["settings"].data_dir
    return folder


def _by_receipt(app: Flask, _reference: str, receipts: list[str]) -> None:
    for receipt in receipts:
        assert (
            app.test_client().post(f"/receipt/{receipt}/erase", data={"sure": own.sure(receipt)}).status_code
            == 200
        )
    db.session.rollback()
    jobs.clean_traces()


def _on_the_command_line(app: Flask, _reference: str, receipts: list[str]) -> None:
    for receipt in receipts:
        done = app.test_cli_runner().invoke(args=["responses", "erase", "--receipt", receipt, "--yes"])
        assert "also from the files" in done.output


@pytest.mark.parametrize("way", [_by_receipt, _on_the_command_line])
def test_no_byte_of_an_erased_text_is_left(
    any_app: Flask, way: Callable[[Flask, str, list[str]], None]
) -> None:
    reference, receipts = _answered(any_app)
    assert {word for _name, word in _found(_folder(any_app), *WORDS)} >= set(WORDS)  # the search can find
    way(any_app, reference, receipts)
    assert _found(_folder(any_app), *receipts, *WORDS) == set()
    assert list(recount.verify()) == []
    assert db.session.query(Response).count() == 32


def test_a_reference_goes_with_its_person(any_app: Flask) -> None:
    reference, receipts = _answered(any_app)
    done = any_app.test_cli_runner().invoke(args=["responses", "erase", "--contact", reference, "--yes"])
    assert "responses: 1, services: 1" in done.output
    left = _found(_folder(any_app), receipts[0], reference)
    texts = {text for _name, text in left}
    assert not any(said in text for said in (SAID[:40], receipts[0]) for text in texts)
    assert {name for name, text in left if text == reference} == set()


def test_texts_whose_time_is_over_leave_no_byte(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    _reference, receipts = _answered(any_app)
    questionnaire = db.session.scalars(select(Questionnaire)).one()
    questionnaire.comments_kept_months = 1
    db.session.commit()
    jobs.clean_traces()
    later = datetime.now(UTC) + timedelta(days=40)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert jobs.remove_expired() == 35
    jobs.clean_traces()
    assert _found(_folder(any_app), *WORDS) == set()
    assert db.session.query(Response).count() == 35
    assert receipts


def test_what_is_shown_says_everything_that_is_stored(any_app: Flask) -> None:
    reference, receipts = _answered(any_app)
    shown = any_app.test_cli_runner().invoke(args=["responses", "show", "--contact", reference])
    (response,) = json.loads(shown.output)["responses"]
    assert response["receipt"] == receipts[0]
    assert response["answers_as_codes"] == {"staff": 2, "why": SAID}
    assert response["consent"]["hash"]
    refused = any_app.test_cli_runner().invoke(args=["responses", "show", "--receipt", "0000-0000-0000"])
    assert (refused.exit_code, "Nothing is stored" in refused.output) == (2, True)


def test_files_are_cleaned_once_a_day_and_only_where_something_was_removed(any_app: Flask) -> None:
    assert jobs.clean_traces() == 1  # the first time
    assert jobs.clean_traces() == 0
    traces.want()
    db.session.commit()
    assert jobs.clean_traces() == 1


def test_a_log_that_somebody_else_empties_at_this_moment_is_tried_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite says busy at once then, as after every commit behind a long log: no reason to rewrite all once more."""
    factories.response(factories.link(), {"staff": 5})
    db.session.commit()
    with closing(sqlite3.connect(_folder(app) / "afterword.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM response").fetchone()
        db.session.connection().exec_driver_sql("PRAGMA busy_timeout = 100")
        db.session.commit()
        monkeypatch.setattr(traces, "sleep", lambda _seconds: reader.execute("ROLLBACK"))
        assert traces.clean(clock.today("UTC"), always=True)


def test_a_reader_who_holds_the_database_delays_the_cleaning(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite's log cannot be emptied while somebody reads: the sweep fails, and is due again."""
    monkeypatch.setattr(traces, "TRIES", 1)
    factories.response(factories.link(), {"staff": 5})
    db.session.commit()
    with closing(sqlite3.connect(_folder(app) / "afterword.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM response").fetchone()
        db.session.connection().exec_driver_sql("PRAGMA busy_timeout = 100")
        db.session.commit()
        with pytest.raises(traces.Unclean):
            traces.clean(clock.today("UTC"), always=True)
    assert traces.clean(clock.today("UTC"), always=True)


def _used_anonymously(app: Flask) -> None:
    """One invitation more, so that there is an order to forget."""
    token, _invitation = invited(factories.published())
    db.session.commit()
    Respondent(app.test_client(), f"/i/{token}").open().send(staff="2")
    db.session.rollback()


def _unforgotten() -> int:
    return (
        sum(db.session.scalars(select(Batch.shuffled_used)))
        - db.session.scalars(select(func.count(Invitation.used_at))).one()
    )


def test_a_file_too_large_for_the_patience_of_writers_is_rewritten_only_for_an_erasure(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert jobs.clean_traces() == 1
    monkeypatch.setattr(traces, "LARGEST_FILE", 1000)
    _used_anonymously(app)
    tomorrow = clock.today("Asia/Shanghai") + timedelta(days=1)
    assert traces.clean(tomorrow) is False
    assert _unforgotten() == -1  # still to be done
    assert traces.clean(tomorrow, always=True) is True
    assert _unforgotten() == 0


def test_a_disk_without_room_for_the_copies_is_not_filled(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else submissions would fail for want of room until the rewriting had failed too."""
    usage = shutil.disk_usage(_folder(app))._replace(free=4096)
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage)
    with pytest.raises(traces.NoRoom):
        traces.clean(clock.today("UTC"), always=True)
    monkeypatch.undo()
    assert traces.clean(clock.today("UTC"), always=True)


@pytest.mark.postgres
def test_a_writer_between_two_statements_delays_the_cleaning(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL keeps for it what was removed, though it reads nothing at this moment."""
    if db.engine.dialect.name == "sqlite":
        return
    monkeypatch.setattr(traces, "PATIENCE", 1)
    with db.engine.connect() as writer:
        writer.execute(text("SELECT pg_current_xact_id()"))
        with pytest.raises(traces.Unclean):
            traces.clean(clock.today("UTC"), always=True)


@pytest.mark.postgres
def test_counters_of_invitations_forget_which_of_them_counted_last(any_app: Flask) -> None:
    """Until then a counter and the answer bear the number of one transaction."""
    if db.engine.dialect.name == "sqlite":
        return
    for _person in range(3):
        _used_anonymously(any_app)
    numbers = text("SELECT count(DISTINCT CAST(xmin AS text)) FROM invitation_tally")
    assert db.session.scalar(numbers) == 3
    db.session.rollback()
    assert traces.clean(clock.today("UTC"), always=True)
    assert db.session.scalar(numbers) == 1


def test_what_an_import_showed_before_it_was_stored_is_forgotten(any_app: Flask) -> None:
    run = ImportRun(name="old.csv", map="", phase="checked", created_at=clock.now() - timedelta(days=31))
    run.report = {"responses": [{"answers": {"why": SAID}}]}
    db.session.add(run)
    db.session.commit()
    jobs.clean_traces()
    assert _found(_folder(any_app)) == set()
