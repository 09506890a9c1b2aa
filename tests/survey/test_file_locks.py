"""Locks between processes, which end with them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from survey import file_locks

forked = multiprocessing.get_context("fork")


def _hold(place: Path, held: Event) -> None:
    assert file_locks.take(os.open(place, os.O_RDONLY), wait=True)
    held.set()
    signal.pause()


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_a_process_holds_nobody_else_takes_until_that_is_killed(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "place"
    place.mkdir() if kind == "folder" else place.touch()
    held = forked.Event()
    holder = forked.Process(target=_hold, args=(place, held))
    holder.start()
    assert held.wait(10)
    mine = os.open(place, os.O_RDONLY)
    assert not file_locks.take(mine, wait=False)
    holder.kill()
    assert file_locks.take(mine, wait=True)
    os.close(mine)
    holder.join(10)


def test_a_turn_ends_with_its_block_even_by_an_error(tmp_path: Path) -> None:
    with (tmp_path / "queue").open("wb") as first, (tmp_path / "queue").open("wb") as second:
        with pytest.raises(RuntimeError), file_locks.turn(first):
            assert not file_locks.take(second, wait=False)
            raise RuntimeError
        assert file_locks.take(second, wait=False)


def test_who_comes_second_waits_for_the_turn(tmp_path: Path) -> None:
    order: list[str] = []

    def come() -> None:
        with (tmp_path / "queue").open("wb") as queue, file_locks.turn(queue):
            order.append("second")

    with (tmp_path / "queue").open("wb") as queue, file_locks.turn(queue):
        waiting = threading.Thread(target=come)
        waiting.start()
        waiting.join(0.2)
        order.append("first")
    waiting.join(10)
    assert order == ["first", "second"]
