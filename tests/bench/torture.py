"""`python -m tests.bench.torture`: people submit while processes are killed; then every response is counted.

Whoever gets no receipt sends the same form again, as the page asks for. A submission is acknowledged when its
receipt has come back; each carries a mark of its own, by which it is found in the database afterwards.
"""

from __future__ import annotations

import argparse
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select, text, update

from survey import jobs
from survey.extensions import db, reading
from survey.models import Comment, Response
from survey.processing import recount
from tests.bench import repeats as repeats_of
from tests.bench.clients import Client, together
from tests.bench.installation import Installation, clean_up_when_told_to_stop, engines, installation
from tests.bench.killing import VICTIMS, Killer
from tests.bench.rounds import open_link, until_processed
from tests.bench.table import Figure, write
from tests.bench.visits import body, receipt_in

ABOUT = """Sixteen people submit while processes of the server and the worker are killed at random moments and started
again. Who gets no receipt sends the same form again. Afterwards every acknowledged submission is looked for."""
CLIENTS = 16
PAUSE = 0.2  # seconds before a new try
PATIENCE = 90  # seconds that a person tries to send one form
LEASED = 120  # seconds until what a killed worker had claimed is surely taken up again


@dataclass
class Outcome:
    """`receipts` by mark, for what was acknowledged; refusals are answers other than a receipt or "try again"."""

    receipts: dict[str, str] = field(default_factory=dict)
    retries: int = 0
    refusals: Counter[int] = field(default_factory=Counter)
    kills: dict[str, int] = field(default_factory=dict)
    given_up: int = 0
    stored: int = 0
    waiting: int = 0
    lost: int = 0
    doubled: int = 0
    other_receipt: int = 0
    wrong_forms: int = 0
    wrong_links: int = 0
    integrity: str = ""
    differences: int = 0


class Crowd:
    """People who fill in a form each and send it until they have a receipt."""

    def __init__(self, made: Installation, path: str, count: int) -> None:
        self.made, self.path = made, path
        self.outcome = Outcome()
        self._marks = iter([f"mark {number:06} of the torture" for number in range(count)])
        self._lock = threading.Lock()

    def person(self) -> None:
        client = Client(self.made.target, timeout=20)
        while True:
            with self._lock:
                mark = next(self._marks, None)
            if mark is None or self.outcome.given_up:
                break
            self._visit(client, mark)
        client.close()

    def _visit(self, client: Client, mark: str) -> None:
        end = time.monotonic() + PATIENCE
        form: bytes | None = None
        while time.monotonic() < end:
            try:
                if form is None:
                    page = client.get(self.path)
                    form = body(page, mark) if page.status == 200 else None
                    continue
                answer = client.post(self.path, form)
            except OSError:
                client.close()
                self._count_retry()
                time.sleep(PAUSE)
                continue
            receipt = receipt_in(answer)
            if receipt:
                self.outcome.receipts[mark] = receipt
                return
            self._count_retry(answer.status)
        self.outcome.given_up += 1

    def _count_retry(self, status: int | None = None) -> None:
        with self._lock:
            self.outcome.retries += 1
            if status not in (None, 503):
                self.outcome.refusals[status or 0] += 1


def _under_attack(crowd: Crowd, killer: Killer, submissions: int, kills: int) -> Outcome:
    """What the crowd saw while the killer struck at random moments."""
    moments = sorted(killer.rng.randrange(submissions - CLIENTS) for _ in range(kills))
    killing = threading.Thread(target=killer.run, args=(lambda: len(crowd.outcome.receipts), moments))
    killing.start()
    together([crowd.person] * CLIENTS)
    killer.stop.set()
    killing.join()
    killer.wait_until_up()
    crowd.outcome.kills = killer.kills
    return crowd.outcome


def torture(
    engine: str,
    submissions: int,
    kills: int,
    seed: int,
    repeats: int,
    *,
    victims: Sequence[str] = VICTIMS,
    patient: bool = True,
) -> Outcome:
    """`patient` waits until the worker takes up by itself what a killed one had claimed."""
    with installation(engine) as made:
        path = open_link("nhs-fft")
        killer = Killer(made, random.Random(seed), victims)
        outcome = _under_attack(Crowd(made, path, submissions), killer, submissions, kills)
        outcome.wrong_forms = repeats_of.same_form(made, path, repeats)
        outcome.wrong_links = repeats_of.one_link(made, repeats, anonymous=True)
        outcome.wrong_links += repeats_of.one_link(made, repeats, anonymous=False)
        if patient:
            until_processed(LEASED)
        made.stop()
        _drain()
        count(outcome)
        return outcome


def _drain() -> None:
    """No worker lives any more: what dead ones had claimed is free."""
    db.session.execute(update(Response).values(retry_at=None))
    db.session.commit()
    jobs.process_waiting()


def count(outcome: Outcome) -> None:
    """Looks for every acknowledged mark in the database."""
    with reading():
        rows = db.session.execute(select(Response.answers, Response.receipt)).all()
        comments = Counter(db.session.scalars(select(Comment.text).where(Comment.question_code == "why")))
        outcome.waiting = db.session.scalar(select(func.count()).where(Response.processed_at.is_(None))) or 0
        if db.engine.dialect.name == "sqlite":
            outcome.integrity = str(db.session.scalar(text("PRAGMA integrity_check")))
        outcome.differences = sum(1 for _difference in recount.verify())
        db.session.rollback()
    stored = Counter(row.answers["why"] for row in rows)
    receipts = {row.answers["why"]: row.receipt for row in rows}
    outcome.stored = len(rows)
    outcome.lost = sum(stored[mark] == 0 or comments[mark] == 0 for mark in outcome.receipts)
    outcome.doubled = sum(found > 1 for found in [*stored.values(), *comments.values()])
    outcome.other_receipt = sum(receipts.get(m) != receipt for m, receipt in outcome.receipts.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    clean_up_when_told_to_stop()
    figures = []
    for engine in engines():
        outcome = torture(engine, given.submissions, given.kills, given.seed, repeats=25)
        for figure in told(engine, outcome):
            print(f"{figure.what}: {figure.measured}  (wanted: {figure.wanted or '–'})", flush=True)
            figures.append(figure)
    command = f"python -m tests.bench.torture --submissions {given.submissions} --kills {given.kills} --seed {given.seed}"
    write("Exactness under kill", command, given.seed, ABOUT, figures)
    if any(figure.wanted and figure.measured != figure.wanted for figure in figures):
        raise SystemExit(1)


def told(engine: str, outcome: Outcome) -> list[Figure]:
    killed = ", ".join(f"{times} x {victim}" for victim, times in outcome.kills.items())
    figures = [
        Figure("acknowledged submissions", f"{len(outcome.receipts):,}"),
        Figure("killed meanwhile (`kill -9`)", killed),
        Figure("tries that had to be repeated", f"{outcome.retries:,}"),
        Figure("submissions given up", f"{outcome.given_up}", "0"),
        Figure('answers other than a receipt, or "try again"', f"{outcome.refusals.total()}", "0"),
        Figure("acknowledged and lost", f"{outcome.lost}", "0"),
        Figure("stored or counted twice", f"{outcome.doubled}", "0"),
        Figure("stored under another receipt", f"{outcome.other_receipt}", "0"),
        Figure("left unprocessed", f"{outcome.waiting}", "0"),
        Figure(
            "forms sent 8 times at once that are not one response, one receipt", f"{outcome.wrong_forms}", "0"
        ),
        Figure("personal links on 16 devices that are not one response", f"{outcome.wrong_links}", "0"),
        Figure("differences found by a recount of the tallies", f"{outcome.differences}", "0"),
    ]
    if outcome.integrity:
        figures.append(Figure("integrity check", outcome.integrity, "ok"))
    return [replace(figure, what=f"{engine}: {figure.what}") for figure in figures]


if __name__ == "__main__":
    main()
