"""What the worker does with uploaded files. The row is the truth: a killed worker's run is taken up again."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import or_, select, update
from sqlalchemy.exc import DBAPIError

from survey import audit, clock
from survey.config import Settings
from survey.errors import DomainError
from survey.extensions import db
from survey.intake.maps import read_map
from survey.intake.preview import Preview
from survey.intake.rejected import write_rejected
from survey.intake.service import Intake, open_intake
from survey.intake.uploads import file_of, rejected_of, remove
from survey.models import ImportRun, Phase, User

LEASE = timedelta(minutes=2)
KEPT = timedelta(days=30)
WORKING = {Phase.CHECKING: Phase.CHECKED, Phase.IMPORTING: Phase.DONE}

log = logging.getLogger(__name__)


class Lost(Exception):
    """The run was removed, or another worker has taken it over."""


@dataclass
class _Held:
    """A lease on one run, and what is needed of it."""

    run_id: uuid.UUID
    until: datetime
    phase: Phase
    map: str
    create_units: bool
    file: Path
    rejected: Path
    locale: str  # of the person who will read what was wrong

    def renew(self, values: dict[str, Any]) -> None:
        """Writes to the run; raises Lost when it is no longer this worker's. The caller commits."""
        until = clock.now() + LEASE
        changed = db.session.execute(
            update(ImportRun)
            .where(ImportRun.id == self.run_id, ImportRun.leased_until == self.until)
            .values(**values, leased_until=until)
            .returning(ImportRun.id)
        ).all()
        if not changed:
            raise Lost
        self.until = until


def work_off(meanwhile: Callable[[], object] = lambda: None) -> int:
    """Checks and imports what waits. Commits; calls `meanwhile` after each transaction."""
    done = 0
    while (held := _claim()) is not None:
        try:
            with force_locale(held.locale):
                _work(held, meanwhile)
        except Lost:
            db.session.rollback()
            _forget_files(held)
        done += 1
    return done


def forget_old() -> int:
    """Removes files that nobody came back for, and the rejected rows of imports long done. The caller commits."""
    settings: Settings = current_app.extensions["settings"]
    over = ImportRun.created_at < clock.now() - KEPT
    old = db.session.scalars(select(ImportRun).where(over, ImportRun.phase.not_in(WORKING))).all()
    for run in old:
        remove(run, settings)
    return len(old)


def _claim() -> _Held | None:
    """The next run, leased to this worker."""
    now = clock.now()
    column: Any = ImportRun.leased_until
    free = or_(ImportRun.leased_until.is_(None), clock.over(column, now, LEASE))
    run = db.session.scalar(
        select(ImportRun)
        .where(ImportRun.phase.in_(WORKING), free)
        .order_by(ImportRun.created_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    held = None
    if run is not None:
        run.leased_until = now + LEASE
        settings: Settings = current_app.extensions["settings"]
        paths = file_of(run, settings), rejected_of(run, settings)
        person = db.session.get(User, run.created_by) if run.created_by else None
        locale = (person and person.locale) or settings.locale
        held = _Held(run.id, now + LEASE, Phase(run.phase), run.map, run.create_units, *paths, locale)
    db.session.commit()
    return held


def _work(held: _Held, meanwhile: Callable[[], object]) -> None:
    """Anything that is wrong with the file or the map ends the run; a failing database only delays it."""
    try:
        intake, preview = _open(held), Preview()
        db.session.commit()
        for batch in intake.batches():
            preview.add(batch, intake)
            intake.take(batch)
            held.renew({"rows": intake.rows, "rows_read": intake.report.read})
            db.session.commit()
            meanwhile()
        write_rejected(held.rejected, intake.table, intake.report.rejections)
        report = intake.report.counts() | preview.shown(intake)
        if held.phase == Phase.IMPORTING:
            done = audit.Thing("import", str(held.run_id), intake.edition.questionnaire)
            audit.record(audit.Deed.IMPORTED, done, intake.report.told())
            report["responses"] = []  # they are where responses are, and go when those go
        held.renew({"phase": WORKING[held.phase], "report": report, "finished_at": clock.now()})
        db.session.commit()
        if held.phase == Phase.IMPORTING:
            held.file.unlink(missing_ok=True)
    except (Lost, DBAPIError):
        raise
    except Exception as error:
        _fail(held, error)


def _open(held: _Held) -> Intake:
    settings: Settings = current_app.extensions["settings"]
    return open_intake(
        held.file,
        read_map(held.map),
        timezone=settings.timezone,
        locale=settings.locale,
        create_units=held.create_units,
        dry_run=held.phase == Phase.CHECKING,
    )


def _forget_files(held: _Held) -> None:
    """Of a run that was removed while it was worked at."""
    if db.session.get(ImportRun, held.run_id) is None:
        held.file.unlink(missing_ok=True)
        held.rejected.unlink(missing_ok=True)
    db.session.rollback()


def _fail(held: _Held, error: Exception) -> None:
    db.session.rollback()
    if not isinstance(error, DomainError):
        log.exception("an import failed")
    message = str(error) if isinstance(error, DomainError) else type(error).__name__
    held.renew({"phase": Phase.FAILED, "failure": message, "finished_at": clock.now()})
    db.session.commit()
