"""People who fill in a form each and send it until they have a receipt.

Whoever gets none sends the same form again, as the page asks for. A submission is acknowledged when its receipt has
come back; each carries a mark of its own, by which it is found in the database afterwards.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.bench.clients import Answer, Client, Target, together
from tests.bench.visits import body, receipt_in

PAUSE = 0.2  # seconds before a new try
PATIENCE = 300  # seconds that a person tries to send one form: a busy machine takes long to start a server
GOOD = (200, 303)


@dataclass
class Seen:
    """What people saw. `receipts` by mark; `moments` when each came, in seconds of the monotonic clock."""

    receipts: dict[str, str] = field(default_factory=dict)
    moments: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    broken: int = 0  # connections that ended without an answer
    unfriendly: int = 0  # "not now" without Retry-After, or without what was typed
    given_up: int = 0

    @property
    def refusals(self) -> int:
        """Answers other than the form, a receipt, or "not now"."""
        return sum(times for status, times in self.statuses.items() if status not in (*GOOD, 503))

    @property
    def refused(self) -> str:
        """Their number, and what they were."""
        which = {status: n for status, n in self.statuses.items() if status not in (*GOOD, 503)}
        return str(sum(which.values())) + "".join(f"; {n} x {status}" for status, n in which.items())

    @property
    def retries(self) -> int:
        return self.broken + sum(times for status, times in self.statuses.items() if status not in GOOD)

    def first_after(self, moment: float) -> float | None:
        """Seconds until the first receipt after a moment."""
        return min((at - moment for at in self.moments if at > moment), default=None)


class Crowd:
    """`count` None: until stopped."""

    def __init__(self, target: Target, path: str, count: int | None = None) -> None:
        self.target, self.path = target, path
        self.seen = Seen()
        self.stop = threading.Event()
        numbers = itertools.count() if count is None else iter(range(count))
        self._marks = (f"mark {number:06} of the torture" for number in numbers)
        self._lock = threading.Lock()

    def person(self) -> None:
        client = Client(self.target, timeout=40)
        while not self.stop.is_set() and not self.seen.given_up:
            with self._lock:
                mark = next(self._marks, None)
            if mark is None:
                break
            self._visit(client, mark)
        client.close()

    def all_submit(self, people: int) -> None:
        together([self.person] * people)

    @contextmanager
    def submitting(self, people: int) -> Iterator[Seen]:
        """While the block runs."""
        threads = [threading.Thread(target=self.person) for _ in range(people)]
        for thread in threads:
            thread.start()
        try:
            yield self.seen
        finally:
            self.stop.set()
            for thread in threads:
                thread.join()

    def _visit(self, client: Client, mark: str) -> None:
        end = time.monotonic() + PATIENCE
        form: bytes | None = None
        while time.monotonic() < end:
            sent = form
            answer = self._asked(
                client, (lambda f=sent: client.post(self.path, f)) if sent else self._look(client)
            )
            if answer is None or answer.status not in GOOD:
                self._note_refusal(answer, mark if sent else "")
                time.sleep(PAUSE)
            elif sent is None:
                form = body(answer, mark)
            elif receipt := receipt_in(answer):
                with self._lock:
                    self.seen.receipts[mark] = receipt
                    self.seen.moments.append(time.monotonic())
                return
        self.seen.given_up += 1

    def _look(self, client: Client) -> Callable[[], Answer]:
        return lambda: client.get(self.path)

    def _asked(self, client: Client, ask: Callable[[], Answer]) -> Answer | None:
        try:
            answer = ask()
        except OSError:
            client.close()
            with self._lock:
                self.seen.broken += 1
            return None
        with self._lock:
            self.seen.statuses[answer.status] += 1
        return answer

    def _note_refusal(self, answer: Answer | None, typed: str) -> None:
        if answer and answer.status == 503:
            kept = typed.encode() in answer.body
            with self._lock:
                self.seen.unfriendly += not (kept and answer.header("Retry-After"))
