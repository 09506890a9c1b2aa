"""What runs when. The database rows are the truth; the task engine is only the bell and the clock.

Every job is a sweep: it may be killed at any moment, run twice, or run on several machines at once.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey, crontab
from redis import ConnectionPool

from survey import audit, clock, pipeline
from survey.availability import passing
from survey.backup import leftovers
from survey.bell import QUIET_SECONDS, bell
from survey.config import Settings
from survey.distribute import uploads as distribute_uploads
from survey.extensions import db, reading
from survey.intake import work
from survey.processing import retention, sweeps, traces
from survey.processing.readings import Reading
from survey.reports import making

QUEUE_PATIENCE = {
    "socket_timeout": 3.0,
    "socket_connect_timeout": 1.0,
}  # seconds; the worker's own reads take one

log = logging.getLogger(__name__)


def process_waiting(progress: Callable[[int], object] = lambda done: None) -> int:
    """Processes every waiting response, a batch at a time. Returns how many were done."""
    done = 0
    while batch := _claimed():
        done += _recorded(_read(batch))
        progress(len(batch))
    db.session.rollback()
    return done


def _claimed() -> list[pipeline.Waiting]:
    batch = pipeline.claim()
    db.session.commit()
    return batch


def _read(batch: list[pipeline.Waiting]) -> list[Reading]:
    """Reading takes long: on SQLite no lock is held meanwhile, so that submissions go on."""
    with reading():
        readings = pipeline.read(batch)
        db.session.rollback()
    return readings


def _recorded(readings: list[Reading]) -> int:
    """One that cannot be stored must not hold up the others: then each is recorded by itself."""
    try:
        done = pipeline.record(readings)
        db.session.commit()
    except Exception as error:
        db.session.rollback()
        if passing(error) or (len(readings) == 1 and readings[0].problem):
            raise
        if len(readings) > 1:
            return sum(_recorded([reading]) for reading in readings)
        log.exception("response %s could not be recorded", readings[0].response_id)
        return _recorded([replace(readings[0], problem=type(error).__name__)])
    return done


def import_waiting() -> int:
    """Checks and imports uploaded files; what was submitted meanwhile is processed in between."""
    return work.work_off(meanwhile=process_waiting)


def make_reports() -> int:
    """Makes the PDFs of reports that wait."""
    return making.work_off()


def remove_expired() -> int:
    """Removes what questionnaires keep no longer."""
    done = 0
    while removed := retention.remove_batch(clock.today(current_app.extensions["settings"].timezone)):
        traces.want()
        db.session.commit()
        done += removed
    db.session.rollback()
    return done


def clean_traces() -> int:
    """Once a day, after midnight: files without what was removed, invitations without the order of their use."""
    settings = current_app.extensions["settings"]
    leftovers.remove(settings.data_dir)
    today = clock.today(settings.timezone)
    mine = traces.claim(today)
    db.session.commit()
    if not mine:
        return 0
    forgotten = work.forget_old() + distribute_uploads.forget_old()
    db.session.commit()
    return int(traces.clean(today, always=bool(forgotten)))


SWEEPS: dict[Callable[[], int], Callable[..., bool]] = {
    process_waiting: crontab(minute="*"),
    import_waiting: crontab(minute="*"),
    make_reports: crontab(minute="*"),
}


# what nobody waits for: not when the bell rings, only by the clock
QUIET_SWEEPS: dict[Callable[[], int], Callable[..., bool]] = {
    remove_expired: crontab(minute="7"),
    clean_traces: crontab(minute="17"),
}
_one_at_a_time = threading.RLock()  # in this process; among processes the rows decide


def every_sweep() -> int:
    """All that waits, when the bell rings."""
    return sum(watched(sweep) for sweep in SWEEPS)


def look() -> int:
    """What the worker does by itself: a bell may be lost, a queue away, a killed worker's lease over."""
    if not _one_at_a_time.acquire(blocking=False):
        return 0  # at work already
    try:
        return every_sweep()
    finally:
        _one_at_a_time.release()


def watched(sweep: Callable[[], int]) -> int:
    """Runs a sweep and keeps how it went. One that fails does not keep the others from running."""
    try:
        with _one_at_a_time:
            done = sweep()
    except Exception as error:
        log.exception("the sweep %s failed", sweep.__name__)
        db.session.rollback()
        sweeps.failed(sweep.__name__, error)
        db.session.commit()
        return 0
    sweeps.ended(sweep.__name__)
    db.session.commit()
    return done


def engine(settings: Settings) -> Huey:
    if settings.redis_url:
        pool = ConnectionPool.from_url(settings.redis_url, **QUEUE_PATIENCE)
        return RedisHuey("afterword", connection_pool=pool, results=False)
    return SqliteHuey("afterword", filename=str(settings.data_dir / "jobs.db"), results=False)


def bind(app: Flask) -> None:
    """Makes the task engine of this app and hands the bell its rope."""
    huey = engine(app.extensions["settings"])
    app.extensions["huey"] = huey

    def in_app(work: Callable[[], int], name: str) -> Callable[[], None]:
        def run() -> None:
            with app.app_context(), audit.acting(audit.WORKER):
                log.debug("%s: %s", name, work())

        return run

    for sweep, when in (SWEEPS | QUIET_SWEEPS).items():
        run = in_app(partial(watched, sweep), sweep.__name__)
        huey.periodic_task(when, name=f"every_{sweep.__name__}")(run)
    rung = huey.task(name="rung")(in_app(every_sweep, "rung"))
    bell.pull = lambda: rung.schedule(delay=QUIET_SECONDS)
