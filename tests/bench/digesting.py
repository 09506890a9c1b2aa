"""Digests of a large organisation: made by the worker's job, then sent as mails to a real SMTP server."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from sqlalchemy import func, insert, select

from survey import clock, jobs
from survey.channels import EMAIL
from survey.extensions import db
from survey.locales import LOCALES
from survey.models import Cadence, Digest, DigestChoice, Message, RoleName, State, Unit, User
from survey.outbox import sending
from tests import factories
from tests.bench import crowd
from tests.bench.installation import free_port, installation

ROLES = (RoleName.STAFF, RoleName.STAFF, RoleName.HEAD_OF_UNIT, RoleName.QUALITY_MANAGER)


@dataclass(frozen=True, slots=True)
class Made:
    people: int
    contents: int  # units by roles by languages: each is put together once
    digests: int
    seconds: float  # to make them
    mails: int
    sending: float  # seconds


def measure(engine: str, people: int, seed: int) -> Made:
    port = free_port()
    with _post(port), installation(engine, MAIL_URL=f"smtp://127.0.0.1:{port}") as _made:
        crowd.fill(50_000, seed)
        contents = _employ(people)
        db.session.commit()
        began = time.perf_counter()
        digests = jobs.make_digests()
        seconds = time.perf_counter() - began
        if digests != people or db.session.scalar(select(func.count()).select_from(Digest)) != people:
            raise RuntimeError(f"{digests} digests for {people} people")
        db.session.rollback()
        began = time.perf_counter()
        sending.work_off()
        mails = db.session.scalar(
            select(func.count()).select_from(Message).where(Message.channel == EMAIL, Message.state == State.SENT)
        )  # fmt: skip
        db.session.rollback()
        return Made(people, contents, digests, seconds, mails or 0, time.perf_counter() - began)


def _employ(count: int) -> int:
    """People of three roles, three languages, in all units, who want a digest of each day at the hour that is now."""
    units = list(db.session.scalars(select(Unit)))
    zone, hour = "UTC", clock.now().hour
    keys = set()
    for number in range(count):
        unit, role = units[number % len(units)], ROLES[(number // len(units)) % len(ROLES)]
        locale = tuple(LOCALES)[(number // (len(units) * len(ROLES))) % len(LOCALES)]
        keys.add((unit.id, role, locale))
        db.session.add(factories.UserFactory.build(role=role, unit=unit, locale=locale))
    db.session.flush()
    ids = db.session.scalars(select(User.id)).all()
    rows = [{"user_id": id_, "cadence": Cadence.DAILY, "hour": hour, "timezone": zone} for id_ in ids]
    db.session.execute(insert(DigestChoice), rows)
    return len(keys)


@contextmanager
def _post(port: int) -> Iterator[None]:
    controller = Controller(Sink(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
        for thread in threading.enumerate():
            if thread.name.startswith("aiosmtpd"):
                thread.join(5)
