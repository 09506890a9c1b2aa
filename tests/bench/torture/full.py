"""The disk fills up while people submit, and gets room again. On a small file system in memory (needs root)."""

from __future__ import annotations

import io
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from survey.extensions import db
from tests import factories
from tests.bench.installation import POSTGRES, Installation, installation
from tests.bench.rounds import open_link
from tests.bench.table import Figure
from tests.bench.torture.counting import Count, count, drain
from tests.bench.torture.people import Crowd, Seen

PEOPLE = 4
SIZE_MB = 48
FULL_SECONDS = 4.0


@dataclass
class Outcome:
    seen: Seen
    acknowledged: tuple[int, int, int]  # before, while full, after
    back: float  # seconds from new room to the next receipt
    counted: Count
    uploads: tuple[int, int, int] = (0, 0, 0)  # status while full, files left behind by it, status afterwards


def missing() -> str:
    """Why no small disk can be made here, or nothing."""
    if os.name != "posix" or os.getuid():
        return "mounting a small file system needs root"
    with tempfile.TemporaryDirectory() as folder:
        tried = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True
        )
        if tried.returncode:
            return f"mounting is not allowed here: {tried.stderr.decode().strip()}"
        subprocess.run(["umount", folder], check=True)
    return ""


@contextmanager
def small_disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="afterword-full-") as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def fill(disk: Path) -> Path:
    """Until not one byte more can be written."""
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("ab", buffering=0) as file:
        for piece in (b"x" * 65536, b"x" * 512, b"x"):
            with suppress(OSError):
                while file.write(piece) == len(piece):
                    pass
    return ballast


def database_on_it(receipts: int) -> Outcome:
    """SQLite: the database, the queue and everything else in DATA_DIR is on the disk that fills up."""
    with (
        small_disk() as disk,
        installation("sqlite", DATA_DIR=str(disk), DATABASE_URL=f"sqlite:///{disk / 'afterword.db'}") as made,
    ):
        return _submitting(made, disk, receipts)


def data_dir_on_it(engine_url: str, receipts: int) -> Outcome:
    """The database is elsewhere; queue, counters and uploads are on the disk that fills up."""
    with small_disk() as disk, installation("sqlite", DATA_DIR=str(disk), DATABASE_URL=engine_url) as made:
        return _submitting(made, disk, receipts)


def _submitting(made: Installation, disk: Path, receipts: int) -> Outcome:
    made.start_web()
    made.start_worker()
    crowd, uploader = Crowd(made.target, open_link("nhs-fft")), Uploader(made)
    with crowd.submitting(PEOPLE) as seen:
        _until(seen, receipts)
        before, ballast = len(seen.receipts), fill(disk)
        full_at = time.monotonic()
        while time.monotonic() < full_at + FULL_SECONDS:
            fill(disk)
            time.sleep(0.1)
        uploads = uploader.send()
        meanwhile = len(seen.receipts)
        ballast.unlink()
        free_at = time.monotonic()
        _until(seen, meanwhile + receipts)
    made.stop()
    drain()
    after, _none = uploader.send()
    return Outcome(
        seen,
        (before, meanwhile - before, len(seen.receipts) - meanwhile),
        seen.first_after(free_at) or 60.0,
        count(seen.receipts),
        (*uploads, after),
    )


def _until(seen: Seen, receipts: int) -> None:
    end = time.monotonic() + 60
    while len(seen.receipts) < receipts and time.monotonic() < end:
        time.sleep(0.05)


class Uploader:
    """An administrator who was signed in before. `send` tells the status and what a refused upload left behind."""

    def __init__(self, made: Installation) -> None:
        made.app.config["WTF_CSRF_ENABLED"] = False
        self.client, self.folder = made.app.test_client(), made.folder / "imports"
        factories.sign_in(self.client, factories.UserFactory())

    def send(self) -> tuple[int, int]:
        before = self._files()
        sent = {"file": (io.BytesIO(b"x,y\n" * 50_000), "large.csv"), "example": "nhs_fft.toml"}
        status = self.client.post("/import/", data=sent).status_code
        db.session.rollback()
        return status, len(self._files() - before) if status != 303 else 0

    def _files(self) -> set[Path]:
        return set(self.folder.glob("*")) if self.folder.exists() else set()


def figures(size: int, _seed: int) -> Iterator[Figure]:
    if why := missing():
        yield Figure("skipped", why)
        return
    with installation("postgresql") if POSTGRES else nullcontext() as other:
        runs = {"SQLite on the full disk": lambda: database_on_it(20 * size)}
        if other:
            url = other.environment["DATABASE_URL"]
            runs["PostgreSQL elsewhere, DATA_DIR on the full disk"] = lambda: data_dir_on_it(url, 20 * size)
        for name, run in runs.items():
            yield from (replace(figure, what=f"{name}: {figure.what}") for figure in told(run()))


def told(outcome: Outcome) -> Iterator[Figure]:
    seen = outcome.seen
    before, full, after = outcome.acknowledged
    yield Figure("acknowledged before; while full; after", f"{before}; {full}; {after}")
    yield Figure("answers 503 while full", f"{seen.statuses[503]}")
    yield Figure("of them without Retry-After or without what was typed", f"{seen.unfriendly}", "0")
    yield Figure("other answers than the form, a receipt or 503", f"{seen.refusals}", "0")
    yield Figure(
        "connections ended without an answer; submissions given up", f"{seen.broken}; {seen.given_up}", "0; 0"
    )
    yield Figure("goes on by itself within 10 seconds", "yes" if outcome.back <= 10 else "no", "yes")
    refused, left, taken = outcome.uploads
    yield Figure(
        "upload while full; files it left; upload afterwards", f"{refused}; {left}; {taken}", "503; 0; 303"
    )
    yield from outcome.counted.figures()
