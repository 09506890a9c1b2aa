"""How the installation is: what waits, what failed, whether the workers are at work. Cheap reads only."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from sqlalchemy import case, func, select, text
from sqlalchemy.exc import DBAPIError

from survey import clock, pipeline
from survey.config import ROOT, Settings
from survey.extensions import db
from survey.models import Comment, Questionnaire, Response, SweepRun
from survey.processing import failures

SILENT = timedelta(minutes=3)  # workers look by themselves every minute
LATE = timedelta(minutes=5)
SMALL_DISK = 1024**3  # bytes
_ASKED, _READ = 20, 20  # questionnaires, comments of each


@dataclass(frozen=True, slots=True)
class Backlog:
    waiting: int
    oldest_at: datetime | None
    failed: int

    @property
    def age(self) -> timedelta:
        """Of the oldest; nothing is younger than now, though the clock may have been set back."""
        return max(clock.now() - self.oldest_at, timedelta()) if self.oldest_at else timedelta()


@dataclass(frozen=True, slots=True)
class Disk:
    free: int  # bytes
    total: int


def backlog() -> Backlog:
    fresh = case((Response.attempts == 0, Response.submitted_at))
    tried = case((Response.attempts > 0, Response.submitted_at))
    waiting, first, again = db.session.execute(
        select(func.count(), func.min(fresh), func.min(tried)).where(pipeline.waiting())
    ).one()
    oldest = min((at for at in (_not_before_the_last_sweep(first), again) if at), default=None)
    return Backlog(waiting, oldest, failures.count())


def _not_before_the_last_sweep(at: datetime | None) -> datetime | None:
    """Nothing untried waited when the last sweep ended; of anonymous responses only the day is stored."""
    ended = db.session.scalar(select(SweepRun.ended_at).where(SweepRun.name == "process_waiting"))
    return max(at, ended) if at and ended else at


def sweeps() -> list[SweepRun]:
    return list(db.session.scalars(select(SweepRun).order_by(SweepRun.name)))


def last_sign_of_life(runs: list[SweepRun]) -> datetime | None:
    """When a worker last ended or failed a sweep; None when none ever did."""
    instants = [at for run in runs for at in (run.ended_at, run.failed_at) if at is not None]
    return max(instants, default=None)


def workers_silent(runs: list[SweepRun]) -> bool:
    seen = last_sign_of_life(runs)
    return seen is None or clock.now() - seen > SILENT


def disk(settings: Settings) -> Disk:
    usage = shutil.disk_usage(settings.data_dir)
    return Disk(usage.free, usage.total)


def database_ready() -> bool:
    """It answers and has the schema that this program was written for."""
    try:
        found = db.session.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    except DBAPIError:
        db.session.rollback()
        return False
    return found == newest_revision()


def methods() -> list[str]:
    """How the newest comments of each questionnaire had their sentiment found: "vader+service/2", with "+use" the extra."""
    found: set[str] = set()
    for number in db.session.scalars(
        select(Questionnaire.id).order_by(Questionnaire.id.desc()).limit(_ASKED)
    ):
        newest = (
            select(Comment.method)
            .where(Comment.questionnaire_id == number)
            .order_by(Comment.submitted_on.desc(), Comment.response_id.desc())
            .limit(_READ)
        )
        found.update(db.session.scalars(newest))
    return sorted(method for method in found if not method.startswith("none"))


@lru_cache(maxsize=1)
def newest_revision() -> str:
    """The revision that no other one follows; read from the files, since web processes do without Alembic."""
    texts = [file.read_text("utf-8") for file in _revisions()]
    known = {found[1] for each in texts if (found := re.search(r'^revision = "(\w+)"', each, re.M))}
    followed = {found[1] for each in texts if (found := re.search(r'^down_revision = "(\w+)"', each, re.M))}
    return max(known - followed)


def _revisions() -> list[Path]:
    return sorted((ROOT / "survey" / "migrations" / "versions").glob("*.py"))
