"""What runs when. The database rows are the truth; the task engine is only the bell and the clock.

Every job is a sweep: it may be killed at any moment, run twice, or run on several machines at once.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey, crontab
from redis import ConnectionPool

from survey import audit, clock, pipeline
from survey.alerts import watching
from survey.availability import passing
from survey.backup import leftovers
from survey.bell import QUIET_SECONDS, bell
from survey.cases import sweep as cases
from survey.config import Settings
from survey.digests import sending as digests
from survey.distribute import uploads as distribute_uploads
from survey.drills import sweep as drills
from survey.extensions import db, reading
from survey.intake import work
from survey.outbox import retention as old_messages
from survey.outbox import sending
from survey.processing import calibrated, evaluating, learning, reader, rereading, retention, sweeps, traces
from survey.processing.readings import Reading
from survey.reports import making
from survey.results.themes import looking

DIGESTS_AT_ONCE = 50  # people, whose pictures are drawn together
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


def learn_from_labels() -> int:
    """Calibrations that were asked for; a model that is broken no longer reads; and how right the readers are."""
    done = learning.work_off(db.session.commit) + calibrated.drop_broken()
    db.session.commit()
    done += evaluating.evaluate()
    db.session.commit()
    return done


def send_messages() -> int:
    """Sends the messages that are due."""
    return sending.work_off()


def find_themes() -> int:
    """Looks for phrases on the rise that no topic covers: once a week, and where somebody asks."""
    return looking.work_off()


def remove_expired() -> int:
    """Removes what questionnaires keep no longer, and what old messages said."""
    done = old_messages.work_off()
    while removed := retention.remove_batch(clock.today(current_app.extensions["settings"].timezone)):
        traces.want()
        db.session.commit()
        done += removed
    db.session.rollback()
    return done


def reread_comments() -> int:
    """Reads anew what an older reader has read; what is sent meanwhile is processed in between."""
    reader.begin()
    db.session.commit()
    done = 0
    while (batch := _reread()) is not None:
        done += rereading.record(batch)
        db.session.commit()
        process_waiting()
    return done


def _reread() -> rereading.Plan | None:
    with reading():
        planned = rereading.plan()
        db.session.rollback()
    return planned


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


def begin_drills() -> int:
    """Begins the drills that are due, and gives those of each month their hour."""
    return drills.work_off()


def escalate_cases() -> int:
    """Gives cases to who has duty, warns of limits and hands on what nobody answers."""
    return cases.work_off()


def watch_figures() -> int:
    """Looks for what rules on figures ask for: signals of control charts, targets that were missed."""
    return watching.work_off()


def make_digests() -> int:
    """Writes the digests that are due, each in a transaction of its own."""
    settings, now = current_app.extensions["settings"], clock.now()
    maker = digests.Maker(settings.base_url, settings.locale, settings.min_n)
    with reading():
        due, done = digests.due(now, settings.timezone), 0
        db.session.rollback()
    for start in range(0, len(due), DIGESTS_AT_ONCE):
        people = due[start : start + DIGESTS_AT_ONCE]
        with reading():  # it takes seconds: nothing is locked meanwhile
            maker.prepare(people)
            db.session.rollback()
        for wanted in people:
            done += maker.make(wanted, now)
            db.session.commit()
    db.session.rollback()
    return done


SWEEPS: dict[Callable[[], int], Callable[..., bool]] = {
    process_waiting: crontab(minute="*"),
    import_waiting: crontab(minute="*"),
    make_reports: crontab(minute="*"),
    begin_drills: crontab(minute="*"),
    escalate_cases: crontab(minute="*"),
    learn_from_labels: crontab(minute="*"),
}


# what nobody waits for: not when the bell rings, only by the clock
QUIET_SWEEPS: dict[Callable[[], int], Callable[..., bool]] = {
    remove_expired: crontab(minute="7"),
    clean_traces: crontab(minute="17"),
    reread_comments: crontab(minute="*"),
    make_digests: crontab(minute="*/5"),
    find_themes: crontab(minute="*"),
    watch_figures: crontab(minute="37", hour="*/6"),
}
_one_at_a_time = threading.RLock()  # in this process; among processes the rows decide
_sending = threading.Lock()  # beside the others: a mail server that is slow must not keep responses waiting


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


def look_for_messages() -> int:
    """By a thread of its own, every few seconds; how it went is kept when there was something to send."""
    with reading():
        due = sending.is_due()
        db.session.rollback()
    return watched(send_messages, _sending) if due else 0


def watched(sweep: Callable[[], int], turn: AbstractContextManager[Any] = _one_at_a_time) -> int:
    """Runs a sweep and keeps how it went. One that fails does not keep the others from running."""
    begun = 0.0
    try:
        with turn:
            begun = time.monotonic()
            done = sweep()
    except Exception as error:
        log.exception("the sweep %s failed", sweep.__name__)
        db.session.rollback()
        sweeps.failed(sweep.__name__, error)
        db.session.commit()
        return 0
    sweeps.ended(sweep.__name__, time.monotonic() - begun)
    db.session.commit()
    return done


def by_name() -> dict[str, Callable[[], int]]:
    """Every job that an administrator may ask for."""
    return {sweep.__name__: sweep for sweep in (*SWEEPS, send_messages, *QUIET_SWEEPS)}


def asked(name: str) -> int:
    """By hand, from the page of jobs; the worker does it."""
    turn = _sending if name == send_messages.__name__ else _one_at_a_time
    return watched(by_name()[name], turn)


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

    def by_hand(name: str) -> None:
        in_app(partial(asked, name), name)()

    app.extensions["ask"] = huey.task(name="by_hand")(by_hand)
    bell.pull = lambda: rung.schedule(delay=QUIET_SECONDS)
