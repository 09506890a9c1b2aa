"""Locks on files and folders between processes. They end with the process, however that ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

POSSIBLE = fcntl is not None


def take(opened: int | IO[bytes], *, wait: bool) -> bool:
    """Until it is closed. False where another holds it, or files cannot be locked."""
    if fcntl is None:
        return False
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


@contextmanager
def turn(opened: IO[bytes]) -> Iterator[None]:
    """One process after the other, woken by the system; none waits where files cannot be locked."""
    if fcntl is None:
        yield
        return
    fcntl.flock(opened, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(opened, fcntl.LOCK_UN)
