"""The real server against the bare one, in turn: pages and submissions, medians of several rounds."""

from __future__ import annotations

import os
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import create_engine, func, select

from survey import pipeline
from survey.design import library
from survey.design.service import publish, save_draft
from survey.extensions import db, reading
from survey.models import Link, Response
from survey.serve import wait_until_it_answers, web_command
from tests import factories
from tests.bench.clients import Load, Target, load, post_bytes
from tests.bench.installation import Installation, children, free_port, installation, processor_time
from tests.bench.visits import sending

QUESTIONNAIRE = "ward-five"  # five questions, two comments, contact details
COMMENT = "The nurses were very kind, but we waited two hours. 护士很耐心，就是等了太久。"
CLIENTS = (1, 8, 32)


@dataclass(frozen=True, slots=True)
class Server:
    target: Target
    pid: int

    def load(self, requests: Sequence[bytes], clients: int, wanted: int) -> Load:
        before = self._used()
        done = load(self.target, requests, clients, wanted)
        return replace(done, used=self._used() - before)

    def _used(self) -> float:
        return sum(processor_time(pid) for pid in children(self.pid))


@dataclass(frozen=True, slots=True)
class Pair:
    """The same number of requests to both servers, round by round."""

    real: list[Load]
    bare: list[Load]

    @property
    def ratio(self) -> float:
        return statistics.median(r.rate / b.rate for r, b in zip(self.real, self.bare, strict=True))

    @property
    def processor_ratio(self) -> float:
        """The same by the processor time of the servers alone: other programs and the clients matter less."""
        return statistics.median(b.used / r.used for r, b in zip(self.real, self.bare, strict=True))

    @property
    def rate(self) -> float:
        return statistics.median(one.rate for one in self.real)

    @property
    def bare_rate(self) -> float:
        return statistics.median(one.rate for one in self.bare)

    def quantile(self, share: float) -> float:
        return statistics.median(one.quantile(share) for one in self.real)


Found = dict[tuple[str, int], Pair]  # ("page" or "submission", clients)


def measure(engine: str, requests: int, rounds: int) -> Found:
    with installation(engine) as made:
        link = open_link(QUESTIONNAIRE)
        real = Server(made.target, made.start_web().pid)
        made.start_worker()
        bare = _start_bare(made, len(load(real.target, [_get(link)], 1, 200).answers[0].body))
        found: dict[tuple[str, int], Pair] = defaultdict(lambda: Pair([], []))
        for number in range(rounds + 1):
            for clients in CLIENTS:
                count = requests // 2 if clients == 1 else requests
                for what, done, ceiling in _round(real, bare, link, count, clients, number % 2):
                    if number:  # the first round warms both up
                        found[what, clients].real.append(done)
                        found[what, clients].bare.append(ceiling)
        return dict(found)


def open_link(questionnaire: str) -> str:
    """A link to a questionnaire of the library; its path."""
    version = save_draft(library.document(questionnaire))
    publish(version)
    made: Link = factories.link(questionnaire=version.questionnaire)
    path = f"/s/{made.code}"
    db.session.commit()
    return path


def _get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def _start_bare(made: Installation, size: int) -> Server:
    """The bare view with the same server, processes and threads, on the same database."""
    url = made.settings.database_url
    number = "INTEGER" if made.settings.sqlite else "BIGSERIAL"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE TABLE bare (id {number} PRIMARY KEY, body TEXT)")
    engine.dispose()
    settings = replace(made.settings, port=free_port())
    command = [part.replace("wsgi:app", "tests.bench.bare:app") for part in web_command(settings)]
    started = made.start(command, os.environ | {"BARE_DATABASE": url, "BARE_SIZE": str(size)})
    wait_until_it_answers(settings, [started])
    return Server((settings.host, settings.port), started.pid)


def _round(
    real: Server, bare: Server, path: str, count: int, clients: int, bare_first: int
) -> Iterator[tuple[str, Load, Load]]:
    """Pages, then the forms of those very pages filled in and sent, each against the bare view."""
    looks, texts = [_get(path)] * count, [_get("/")] * count
    ceiling = [bare.load(texts, clients, 200)] if bare_first else []
    pages = real.load(looks, clients, 200)
    ceiling += [] if bare_first else [bare.load(texts, clients, 200)]
    yield "page", pages, ceiling[0]
    sent = sending(path, pages.answers, COMMENT)
    rows = [post_bytes("/", request.partition(b"\r\n\r\n")[2]) for request in sent]
    ceiling = [bare.load(rows, clients, 303)] if bare_first else []
    submissions = real.load(sent, clients, 303)
    until_processed()
    ceiling += [] if bare_first else [bare.load(rows, clients, 303)]
    yield "submission", submissions, ceiling[0]


def until_processed(seconds: float = 120) -> None:
    """The worker is busy during the submissions it belongs to, not during what is measured next."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with reading():
            waiting = db.session.scalar(select(func.count()).select_from(Response).where(pipeline.waiting()))
            db.session.rollback()
        if not waiting:
            return
        time.sleep(0.2)
    raise RuntimeError(f"{waiting} responses still wait after {seconds} seconds")
