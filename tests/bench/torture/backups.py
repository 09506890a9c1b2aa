"""A backup while people submit; restored elsewhere, everything acknowledged before its start is there."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from survey import create_app
from survey.config import read_settings
from survey.extensions import db
from survey.migrating import upgrade
from tests.bench.clients import Client
from tests.bench.installation import Installation, installation
from tests.bench.rounds import open_link
from tests.bench.table import Figure
from tests.bench.torture.counting import Count, count, drain
from tests.bench.visits import receipt_in, submissions

A_SECOND = 50
PEOPLE = 8


@dataclass
class Outcome:
    rate: float  # submissions a second while the backup was made
    before: int  # acknowledged before its start
    restored: int
    seconds: float
    megabytes: float
    refused: int
    counted: Count


class Stream:
    """Forms sent at a steady pace, each with a mark; `receipts` by mark as they come back."""

    def __init__(self, made: Installation, path: str, number: int) -> None:
        self.made = made
        self.requests = [
            request.replace(b"mark+of+the+stream", f"mark+{i:06}+of+the+stream".encode())
            for i, request in enumerate(submissions(made.target, path, number, "mark of the stream"))
        ]
        self.receipts: dict[str, str] = {}
        self.refused = 0
        self.stop = threading.Event()

    def person(self, first: int) -> None:
        client = Client(self.made.target)
        began = time.monotonic()
        for turn, number in enumerate(range(first, len(self.requests), PEOPLE)):
            if self.stop.wait(max(began + turn * PEOPLE / A_SECOND - time.monotonic(), 0)):
                break
            receipt = receipt_in(client.ask(_measured(self.requests[number])))
            if receipt:
                self.receipts[f"mark {number:06} of the stream"] = receipt
            else:
                self.refused += 1
        client.close()

    @contextmanager
    def flowing(self) -> Iterator[None]:
        threads = [threading.Thread(target=self.person, args=(n,)) for n in range(PEOPLE)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stop.set()
            for thread in threads:
                thread.join()


def _measured(request: bytes) -> bytes:
    """The mark has made the body longer."""
    length = len(request.partition(b"\r\n\r\n")[2])
    return re.sub(rb"Content-Length: \d+", f"Content-Length: {length}".encode(), request)


def torture(engine: str, most: int, lead: float) -> Outcome:
    """`most` forms; the backup begins after `lead` seconds."""
    with TemporaryDirectory(prefix="afterword-kept-") as kept, installation(engine) as made:
        db.drop_all()
        upgrade()
        stream = Stream(made, _started(made), most)
        with stream.flowing():
            time.sleep(lead)
            before = dict(stream.receipts)
            _, seconds, _ = made.flask("backup", str(Path(kept) / "a.afterword"))
            during = len(stream.receipts) - len(before)
        made.stop()
        outcome = _restored(made, Path(kept) / "a.afterword", before)
    return replace(outcome, rate=during / seconds, seconds=seconds, refused=stream.refused)


def _started(made: Installation) -> str:
    path = open_link("nhs-fft")
    made.start_web()
    made.start_worker()
    return path


def _restored(made: Installation, file: Path, before: dict[str, str]) -> Outcome:
    """In an installation of its own; on PostgreSQL under the same schema name, the first one put aside."""
    db.session.remove()
    url = str(made.environment["DATABASE_URL"])
    with TemporaryDirectory(prefix="afterword-elsewhere-") as folder:
        if made.settings.sqlite:
            url = f"sqlite:///{folder}/elsewhere.db"
        else:
            _put_aside()
        environment = {**made.environment, "DATABASE_URL": url, "DATA_DIR": folder}
        there = replace(made, settings=read_settings(environment), environment=environment, running=[])
        there.flask("restore", str(file))
        with create_app(there.settings).app_context():
            drain()
            counted = count(before)
            db.session.remove()
            db.engine.dispose()
    return Outcome(0, len(before), counted.stored, 0, file.stat().st_size / 1e6, 0, counted)


def _put_aside() -> None:
    with db.engine.begin() as connection:
        for (table,) in connection.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        ).all():
            connection.execute(text(f'DROP TABLE "{table}" CASCADE'))
    db.engine.dispose()


def figures(engine: str, size: int, _seed: int) -> Iterator[Figure]:
    found = torture(engine, most=600 * size, lead=2.0 * size)
    yield Figure("submissions a second during the backup", f"{found.rate:.0f}")
    yield Figure("refused meanwhile", f"{found.refused}", "0")
    yield Figure("backup", f"{found.seconds:.1f} s, {found.megabytes:.1f} MB")
    yield Figure("acknowledged before its start", f"{found.before:,}")
    yield Figure("restored elsewhere", f"{found.restored:,}")
    yield from found.counted.figures()
