"""SQLite with eight people who submit, the worker, and somebody who reads for a long time: nobody sees "locked"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import text

from survey.extensions import db, reading
from tests.bench.installation import installation
from tests.bench.rounds import open_link
from tests.bench.table import Figure
from tests.bench.torture import web
from tests.bench.torture.counting import Count, count, drain
from tests.bench.torture.people import Crowd, Seen

PEOPLE = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    seen: Seen
    read_before: int  # responses that the long reader saw at its beginning
    read_after: int  # and at its end: the same, whatever was stored meanwhile
    complaints: int  # lines about locks in the servers' log
    counted: Count


def torture(submissions: int) -> Outcome:
    with installation("sqlite") as made:
        web.start(made)
        made.start_worker()
        crowd = Crowd(made.target, open_link("nhs-fft"), submissions)
        with reading(), db.engine.connect() as long_reader:
            before = long_reader.scalar(text("SELECT count(*) FROM response"))
            crowd.all_submit(PEOPLE)
            after = long_reader.scalar(text("SELECT count(*) FROM response"))
        made.stop()
        complaints = (made.folder / "log").read_text().lower().count("locked")
        drain()
        return Outcome(crowd.seen, before or 0, after or 0, complaints, count(crowd.seen.receipts))


def figures(size: int, _seed: int) -> Iterator[Figure]:
    outcome = torture(400 * size)
    seen = outcome.seen
    yield Figure("acknowledged while one reads all the time", f"{len(seen.receipts):,}", f"{400 * size:,}")
    yield Figure("answers other than the form or a receipt", f"{seen.refusals + seen.statuses[503]}", "0")
    yield Figure('"locked" in the servers\' log', f"{outcome.complaints}", "0")
    yield Figure("what the long reader saw change", f"{outcome.read_after - outcome.read_before}", "0")
    yield from outcome.counted.figures()
