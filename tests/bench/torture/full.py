"""The disk fills up while people submit, and gets room again. On a small file system in memory (needs root)."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from survey import metrics
from survey.extensions import db
from tests import factories
from tests.bench.installation import POSTGRES, Installation, children, installation
from tests.bench.rounds import open_link
from tests.bench.table import Figure
from tests.bench.torture import web
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


@contextmanager
def _installed(url: str = "") -> Iterator[tuple[Installation, Path]]:
    """DATA_DIR is on the small disk, and a SQLite database too unless another one is named."""
    with small_disk() as disk:
        counters = metrics.folder(disk)
        given = {"DATA_DIR": str(disk), "DATABASE_URL": url or f"sqlite:///{disk / 'afterword.db'}"}
        try:
            with installation("sqlite", **given, PROMETHEUS_MULTIPROC_DIR=str(counters)) as made:
                yield made, disk
        finally:
            shutil.rmtree(counters, ignore_errors=True)


def torture(receipts: int, url: str = "") -> Outcome:
    with _installed(url) as (made, disk):
        return _submitting(made, disk, receipts)


def _submitting(made: Installation, disk: Path, receipts: int) -> Outcome:
    parent = web.start(made)
    made.start_worker()
    crowd, uploader = Crowd(made.target, open_link("nhs-fft")), Uploader(made)
    with crowd.submitting(PEOPLE) as seen:
        _until(seen, receipts)
        before, ballast = len(seen.receipts), fill(disk)
        full_at = time.monotonic()
        os.kill(children(parent.pid)[0], signal.SIGKILL)  # the one started instead of it finds the disk full
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
        db.session.rollback()  # no lock is held meanwhile

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
        runs = {"SQLite on the full disk": lambda: torture(20 * size)}
        if other:
            url = other.environment["DATABASE_URL"]
            runs["PostgreSQL elsewhere, DATA_DIR on the full disk"] = lambda: torture(20 * size, url)
        for name, run in runs.items():
            yield from (replace(figure, what=f"{name}: {figure.what}") for figure in told(run()))


def told(outcome: Outcome) -> Iterator[Figure]:
    seen = outcome.seen
    before, full, after = outcome.acknowledged
    yield Figure("acknowledged before; while full; after", f"{before}; {full}; {after}")
    yield Figure("answers 503 while full", f"{seen.statuses[503]}")
    yield Figure("of them without Retry-After or without what was typed", f"{seen.unfriendly}", "0")
    yield Figure("other answers than the form, a receipt or 503", f"{seen.refusals}", "0")
    yield Figure("connections that ended with the killed process", f"{seen.broken}")
    yield Figure("submissions given up", f"{seen.given_up}", "0")
    yield Figure("goes on by itself within 10 seconds", "yes" if outcome.back <= 10 else "no", "yes")
    refused, left, taken = outcome.uploads
    yield Figure(
        "upload while full; files it left; upload afterwards", f"{refused}; {left}; {taken}", "503; 0; 303"
    )
    yield from outcome.counted.figures()
