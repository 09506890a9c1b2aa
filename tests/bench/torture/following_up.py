"""The worker is killed while rules raise alerts, cases are opened and handed over, and mails are sent to a real server."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller
from sqlalchemy import func, select

from survey import clock, pipeline
from survey.alerts import service
from survey.alerts.terms import Terms
from survey.bell import bell
from survey.channels import EMAIL
from survey.duty.roster import Wanted as Turn
from survey.duty.roster import add_turn
from survey.extensions import db, reading
from survey.models import (
    Alert,
    Case,
    CaseEvent,
    CaseHappened,
    CaseResponse,
    CaseState,
    Link,
    Message,
    Response,
    RoleName,
    Severity,
    State,
    Tier,
)
from tests import factories
from tests.bench.installation import Installation, free_port, installation
from tests.bench.rounds import open_link
from tests.bench.table import Figure
from tests.bench.torture.nursery import Nursery, nursery
from tests.bench.torture.queues import with_redis
from tests.bench.torture.workers import SHARE

RESUMED = 60.0  # seconds
STARTED = 30.0  # seconds until a worker has surely done something
ASSIGNED = "case_assigned"


class Post:
    """What arrived, by Message-ID."""

    def __init__(self) -> None:
        self.arrived: Counter[str] = Counter()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.arrived[str(message_from_bytes(envelope.content)["Message-ID"])] += 1
        return "250 OK"


@dataclass(frozen=True, slots=True)
class Outcome:
    responses: int
    kills: int
    left: int  # of responses, cases and mails, RESUMED seconds after the last kill
    alerts: int
    cases: int
    about: int  # different responses in them
    handed: int  # cases that were given to somebody once
    mails: int  # rows
    letters: int  # that arrived, by Message-ID
    repeated: int  # arrived again under the same Message-ID

    @property
    def once(self) -> bool:
        effects = self.alerts, self.cases, self.about, self.handed, self.mails, self.letters
        return self.left == 0 and set(effects) == {self.responses}


def torture(engine: str, kills: int, seed: int, *, queue: bool) -> Outcome:
    """`queue`: with a Redis of its own, else by the database alone."""
    rng, post = random.Random(seed), Post()
    with _installed(engine, post, queue) as made, nursery(made) as workers:
        link = _followed()
        for number in range(kills):
            _submit(link, number)
            _kill_at_work(workers, rng)
        workers.start_worker()
        workers.start_worker()
        for _ in range(3):
            bell.pull()
        left = _left_after(RESUMED)
        workers.close()
        return _counted(kills, left, post)


@contextmanager
def _installed(engine: str, post: Post, queue: bool) -> Iterator[Installation]:
    port = free_port()
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    settings = {"MAIL_URL": f"smtp://127.0.0.1:{port}"}
    with ExitStack() as stack:
        stack.callback(controller.stop)
        if queue:
            yield stack.enter_context(with_redis(engine, **settings))[0]
        else:
            yield stack.enter_context(installation(engine, **settings))


def _followed() -> Link:
    """A link of whose responses each one opens a case for the person on duty."""
    path = open_link("nhs-fft")
    link = db.session.scalars(select(Link).where(Link.code == path.removeprefix("/s/"))).one()
    person = factories.UserFactory(role=RoleName.STAFF, unit=link.unit)
    add_turn(link.unit, Turn(Tier.RECIPIENT, person, date(2026, 1, 1), None))
    wanted = service.Wanted(
        unit=link.unit,
        terms=Terms.model_validate({"parts": [{"kind": "words", "any_of": ["torture"]}]}),
        names={"en": "Every one"},
        questionnaire=None,
        severity=Severity.SERIOUS,
        valid_from=date(2026, 1, 1),
    )
    service.switch(service.write(wanted, None), True, None)
    db.session.commit()
    return link


def _submit(link: Link, number: int) -> None:
    for each in range(SHARE):
        text = f"response {number * SHARE + each} of the torture"
        factories.response(
            link, {"fft": 5 - each % 5, "why": text}, submitted_on=clock.today("Asia/Shanghai")
        )
    db.session.commit()


def _kill_at_work(workers: Nursery, rng: random.Random) -> None:
    """Anywhere between its first effect and its last."""
    before = _progress()
    worker = workers.start_worker()
    end = time.monotonic() + STARTED
    while _progress() == before and time.monotonic() < end:
        time.sleep(0.005)
    time.sleep(rng.random() * 0.5)
    workers.kill(worker)


def _progress() -> int:
    counted = (
        select(func.coalesce(func.sum(Response.attempts), 0)),
        select(func.count()).select_from(CaseEvent),
        select(func.coalesce(func.sum(Message.tries), 0)),
    )
    with reading():
        found = sum(db.session.scalar(one) or 0 for one in counted)
        db.session.rollback()
    return found


def _left_after(seconds: float) -> int:
    end = time.monotonic() + seconds
    unsent = Message.channel == EMAIL, Message.state != State.SENT
    waiting = (
        select(func.count()).select_from(Response).where(pipeline.waiting()),
        select(func.count()).select_from(Case).where(Case.state == CaseState.OPEN),
        select(func.count()).select_from(Message).where(*unsent),
    )
    while True:
        with reading():
            left = sum(db.session.scalar(one) or 0 for one in waiting)
            db.session.rollback()
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.2)


def _counted(kills: int, left: int, post: Post) -> Outcome:
    given = (
        select(CaseEvent.case_id).where(CaseEvent.kind == CaseHappened.NOTIFIED).group_by(CaseEvent.case_id)
    )
    once = given.having(func.count() == 1).subquery()
    letters = Message.channel == EMAIL, Message.template == ASSIGNED
    about = select(func.count(func.distinct(CaseResponse.response_id)))
    counted = [
        *(select(func.count()).select_from(table) for table in (Response, Alert, Case)),
        about,
        select(func.count()).select_from(once),
        select(func.count()).select_from(Message).where(*letters),
    ]
    with reading():
        responses, alerts, cases, different, handed, mails = (db.session.scalar(one) or 0 for one in counted)
        ids = set(db.session.scalars(select(Message.message_id).where(*letters)))
        db.session.rollback()
    arrived = [post.arrived[id_] for id_ in ids if post.arrived[id_]]
    return Outcome(
        responses,
        kills,
        left,
        alerts,
        cases,
        different,
        handed,
        mails,
        len(arrived),
        sum(arrived) - len(arrived),
    )


def figures(engine: str, size: int, seed: int) -> Iterator[Figure]:
    for queue in (False, True):
        found = torture(engine, 10 * size, seed, queue=queue)
        name, wanted = "with Redis" if queue else "by the database alone", f"{found.responses}"
        yield Figure(f"{name}: responses, workers killed", f"{found.responses}, {found.kills}")
        yield Figure(f"{name}: left undone 60 seconds after the last kill", f"{found.left}", "0")
        for what in ("alerts", "cases", "about", "handed", "mails", "letters"):
            yield Figure(f"{name}: {_WHAT[what]}", f"{getattr(found, what)}", wanted)
        yield Figure(f"{name}: mails that arrived again under the same Message-ID", f"{found.repeated}")


_WHAT = {
    "alerts": "alerts",
    "cases": "cases",
    "about": "different responses in them",
    "handed": "cases that were given to somebody exactly once",
    "mails": "mails about that",
    "letters": "different mails that arrived",
}
