"""Folders in which a backup is made or opened, and what a sudden death left of them: the whole database and the key."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from survey import file_locks

PREFIX = ".afterword-backup-"


@contextmanager
def work_folder(place: Path) -> Iterator[Path]:
    """Beside what is made from it, readable by nobody else. What earlier ones left there is removed first."""
    with _held(place, wait=True):  # nobody takes a folder for left behind before its owner holds it
        _remove(place)
        name = tempfile.mkdtemp(prefix=PREFIX, dir=place)
        held = _opened(Path(name), wait=True)
    try:
        yield Path(name)
    finally:
        shutil.rmtree(name)
        _close(held)


def remove(place: Path) -> int:
    """How many folders of dead processes were removed."""
    with _held(place, wait=True):
        return _remove(place)


def _remove(place: Path) -> int:
    removed = 0
    for folder in place.glob(f"{PREFIX}*"):
        with _held(folder, wait=False) as nobodys:
            if nobodys:
                shutil.rmtree(folder)
                removed += 1
    return removed


@contextmanager
def _held(folder: Path, *, wait: bool) -> Iterator[bool]:
    descriptor = _opened(folder, wait=wait)
    try:
        yield descriptor is not None
    finally:
        _close(descriptor)


def _opened(folder: Path, *, wait: bool) -> int | None:
    """Locked until it is closed, or its process ends however. None where it is locked, or files cannot be locked."""
    if not file_locks.POSSIBLE:
        return None
    with suppress(FileNotFoundError):
        descriptor = os.open(folder, os.O_RDONLY)
        if file_locks.take(descriptor, wait=wait):
            return descriptor
        os.close(descriptor)
    return None


def _close(descriptor: int | None) -> None:
    if descriptor is not None:
        os.close(descriptor)
