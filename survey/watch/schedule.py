"""The jobs as an administrator sees them: when each ran and runs next, how long it took, and what waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from survey import clock, jobs, pipeline
from survey.extensions import db
from survey.models import ImportRun, Message, Phase, Report, Response, Stage, State, SweepRun
from survey.outbox.claiming import due
from survey.watch import state

FAR = 24 * 60  # minutes: every job runs at least once a day
TITLES: dict[str, Any] = {
    "process_waiting": _l("Process responses"),
    "import_waiting": _l("Check and import files"),
    "make_reports": _l("Make the files of reports"),
    "begin_drills": _l("Begin drills"),
    "escalate_cases": _l("Hand on cases that nobody answers"),
    "send_messages": _l("Send messages"),
    "reread_comments": _l("Read comments again"),
    "watch_figures": _l("Watch the figures"),
    "make_digests": _l("Write digests"),
    "find_themes": _l("Look for new themes"),
    "learn_from_labels": _l("Learn from labels"),
    "remove_expired": _l("Remove what is kept no longer"),
    "clean_traces": _l("Clean up once a day"),
}


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    title: Any
    run: SweepRun | None
    next_at: datetime | None  # None: within seconds of something being due
    backlog: int | None  # None: nothing is counted for it


def every_job() -> list[Job]:
    runs = {run.name: run for run in state.sweeps()}
    scheduled = {sweep.__name__: when for sweep, when in (jobs.SWEEPS | jobs.QUIET_SWEEPS).items()}
    now = clock.now()
    return [
        Job(
            name,
            TITLES.get(name, name.replace("_", " ")),
            runs.get(name),
            _next(scheduled[name], now) if name in scheduled else None,
            BACKLOGS[name]() if name in BACKLOGS else None,
        )
        for name in jobs.by_name()
    ]


def _next(when: Callable[..., bool], now: datetime) -> datetime | None:
    """The task engine compares whole minutes, in UTC."""
    minute = now.replace(second=0, microsecond=0, tzinfo=None)
    later = (minute + timedelta(minutes=number) for number in range(1, FAR + 1))
    found = next((moment for moment in later if when(moment)), None)
    return found.replace(tzinfo=now.tzinfo) if found else None


def _count(model: type[Any], condition: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(condition)) or 0


BACKLOGS: dict[str, Callable[[], int]] = {
    "process_waiting": lambda: _count(Response, pipeline.waiting()),
    "import_waiting": lambda: _count(ImportRun, ImportRun.phase.in_((Phase.CHECKING, Phase.IMPORTING))),
    "make_reports": lambda: _count(Report, Report.stage == Stage.WAITING),
    "send_messages": lambda: _count(Message, (Message.state == State.WAITING) & due(clock.now())),
}
