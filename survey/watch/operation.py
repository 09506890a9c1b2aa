"""The administrator's page: whether the installation works, and what needs a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import format_datetime, format_decimal, format_timedelta, ngettext
from flask_babel import gettext as _
from sqlalchemy import text

from survey.config import Settings
from survey.extensions import db
from survey.models import Response, SweepRun
from survey.processing import failures, rereading
from survey.watch import state

GOOD, WARN, BAD = "good", "warn", "bad"
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Tile:
    title: str
    value: str
    about: str
    mark: str = GOOD


@dataclass(frozen=True, slots=True)
class Page:
    tiles: list[Tile]
    failed: list[Response]
    failed_count: int


def page(settings: Settings) -> Page:
    runs = state.sweeps()
    backlog = state.backlog()
    return Page(
        tiles=[
            _worker(runs),
            _waiting(backlog),
            _failed(backlog),
            _unread(),
            _database(settings),
            _disk(settings),
        ],
        failed=list(db.session.scalars(failures.newest(SHOWN))),
        failed_count=backlog.failed,
    )


def connections(settings: Settings) -> list[tuple[str, str]]:
    """What this installation is connected to; never an address, which may hold a password."""
    return [
        (_("Mail"), _("set up") if settings.mail_url else _("not set up: nobody receives mails")),
        (_("Queue and limits"), "Redis" if settings.redis_url else _("on this machine")),
        (_("Address in links"), settings.base_url),
        (_("Comments are read by"), " · ".join(state.methods()) or _("nobody yet")),
        (_("Schema"), state.newest_revision()),
    ]


def _worker(runs: list[SweepRun]) -> Tile:
    seen = state.last_sign_of_life(runs)
    if seen is None:
        return Tile(_("Worker"), _("Never seen"), _("Start it: comments and figures wait for it."), BAD)
    silent = state.workers_silent(runs)
    about = _("Comments and figures wait for it.") if silent else _("Last sign of life: %(at)s", at=_at(seen))
    return Tile(_("Worker"), _("Silent") if silent else _("At work"), about, BAD if silent else GOOD)


def _waiting(backlog: state.Backlog) -> Tile:
    if backlog.oldest_at is None:
        return Tile(_("Waiting responses"), "0", _("Every response is in the figures."))
    age = backlog.age
    about = _("The oldest waits for %(time)s.", time=format_timedelta(age))
    mark = WARN if age > state.LATE else GOOD
    return Tile(_("Waiting responses"), format_decimal(backlog.waiting), about, mark)


def _failed(backlog: state.Backlog) -> Tile:
    if not backlog.failed:
        return Tile(_("Failed responses"), "0", _("None was given up."))
    about = _("They are stored but in no figure; see below.")
    return Tile(_("Failed responses"), format_decimal(backlog.failed), about, BAD)


def _unread() -> Tile:
    """Comments that were read with older word lists or models, after an update or own terms."""
    waits = rereading.waiting()
    about = (
        _("The worker reads them by and by; figures follow.")
        if waits
        else _("All are read as they would be now.")
    )
    return Tile(_("Comments to read anew"), format_decimal(waits), about)


def _database(settings: Settings) -> Tile:
    size = db.session.execute(text(_SIZE[db.engine.dialect.name])).scalar_one()
    name = "SQLite" if settings.sqlite else "PostgreSQL"
    return Tile(_("Database"), _bytes(size), name)


_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def _disk(settings: Settings) -> Tile:
    disk = state.disk(settings)
    low = disk.free < state.SMALL_DISK
    about = (
        _("Free up space: without it no answer can be stored.") if low else _("Where Afterword keeps files.")
    )
    return Tile(_("Free disk space"), _bytes(disk.free), about, BAD if low else GOOD)


def _bytes(size: int) -> str:
    in_gigabytes = size / 1024**3
    if in_gigabytes >= 1:
        return f"{format_decimal(round(in_gigabytes, 1))} GB"
    return f"{format_decimal(max(1, round(size / 1024**2)))} MB"


def _at(instant: Any) -> str:
    return str(format_datetime(instant, "medium"))


def tried_again(count: int) -> str:
    return str(ngettext("%(num)d response waits again.", "%(num)d responses wait again.", count))
