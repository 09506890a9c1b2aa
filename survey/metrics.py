"""What each web process counts for `/metrics`. With serve.web_environment() the processes share a folder."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, values
from prometheus_client.multiprocess import MultiProcessCollector

OWN = CollectorRegistry()
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

requests = Counter(
    "afterword_requests", "Requests answered, by part, method and status.", ("part", "method", "status"),
    registry=OWN,
)  # fmt: skip
seconds = Histogram(
    "afterword_request_seconds", "From the request to the first byte of the answer.", ("part",),
    buckets=SECONDS, registry=OWN,
)  # fmt: skip
submissions = Counter(
    "afterword_submissions", "Finished forms: stored, sent again (already stored), or refused.", ("result",),
    registry=OWN,
)  # fmt: skip
stored, again, refused = (submissions.labels(result) for result in ("stored", "again", "refused"))

MEMORY = Path("/dev/shm")  # noqa: S108 a folder in it is made for the owner only


def folder(data_dir: Path) -> Path:
    """In memory where the system has such a place: counters on a full disk end their process (SIGBUS)."""
    if MEMORY.is_dir():
        made = MEMORY / f"afterword-{os.getuid()}-{sha256(bytes(data_dir)).hexdigest()[:12]}"
        with suppress(OSError):
            made.mkdir(mode=0o700, exist_ok=True)
            if made.stat().st_uid == os.getuid():
                return made
    made = data_dir / "metrics"
    made.mkdir(exist_ok=True)
    return made


def forget(data_dir: Path) -> None:
    """When the last process has ended."""
    shutil.rmtree(folder(data_dir), ignore_errors=True)


def of_all_processes(data_dir: Path) -> CollectorRegistry:
    """The sums over the processes of this machine; of this process alone when they share no folder."""
    if not values.ValueClass._multiprocess:
        return OWN
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(folder(data_dir)))
    return registry
