"""The counters of the rate limits without Redis: shared by processes, exact, and telling nothing of anybody."""

from __future__ import annotations

import fcntl
import multiprocessing
import sqlite3
from pathlib import Path

import pytest
from limits import parse
from limits.strategies import FixedWindowRateLimiter

from survey import clock, counter_file

ALLOWED = parse("100 per hour")


def counting(folder: Path) -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(counter_file.FileStorage(counter_file.uri(folder), secret="s"))


def knock(folder: Path, times: int) -> int:
    limits = counting(folder)
    return sum(limits.hit(ALLOWED, "submissions", "192.0.2.1") for _ in range(times))


def test_what_is_allowed_is_allowed_once_for_all_processes(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(3) as processes:
        allowed = processes.starmap(knock, [(tmp_path, 60)] * 3)
    assert sum(allowed) == 100


def test_a_process_made_by_fork_counts_on_with_its_own_connection(tmp_path: Path) -> None:
    assert knock(tmp_path, 60) == 60
    with multiprocessing.get_context("fork").Pool(1) as processes:
        assert processes.apply(knock, (tmp_path, 60)) == 40


def test_a_window_that_is_over_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limits, begun = counting(tmp_path), clock.now()
    assert [limits.hit(parse("1 per minute"), "x") for _ in range(2)] == [True, False]
    monkeypatch.setattr(clock, "now", lambda: begun.replace(year=begun.year + 1))
    assert limits.hit(parse("1 per minute"), "x")


def test_a_file_that_is_no_database_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "counters.db").write_bytes(b"no database at all" * 100)
    limits = counting(tmp_path)
    with pytest.raises(counter_file.FileStorage.base_exceptions.fget(limits.storage)):  # type: ignore[attr-defined]
        limits.hit(ALLOWED, "x")
    assert limits.hit(ALLOWED, "x")


def test_a_file_that_could_not_be_made_is_made_at_the_next_hit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk was full."""
    limits = counting(tmp_path)
    with monkeypatch.context() as full:
        full.setattr(counter_file, "_TABLE", "CREATE TABLE hits AS SELECT zeroblob(1) FROM nowhere")
        opened = []
        for _ in range(3):
            with pytest.raises(sqlite3.OperationalError, match="nowhere"):
                limits.hit(ALLOWED, "x")
            opened.append(len(list(Path("/proc/self/fd").iterdir())))
        assert opened[0] == opened[-1]
    assert limits.hit(ALLOWED, "x")
    assert counting(tmp_path).get_window_stats(ALLOWED, "x").remaining == 99


def test_processes_whose_file_was_replaced_count_in_the_new_one(tmp_path: Path) -> None:
    first, second = counting(tmp_path), counting(tmp_path)
    for limits in (first, second):
        assert limits.hit(ALLOWED, "x")
    (tmp_path / "counters.db").unlink()
    assert first.hit(ALLOWED, "x")
    assert second.hit(ALLOWED, "x")
    assert [limits.get_window_stats(ALLOWED, "x").remaining for limits in (first, second)] == [98, 98]


def test_a_broken_file_is_thrown_away_once_by_all_who_had_it_open(tmp_path: Path) -> None:
    file = tmp_path / "counters.db"
    first, second = counting(tmp_path), counting(tmp_path)
    for limits in (first, second):
        assert limits.hit(ALLOWED, "x")
    file.write_bytes(b"no database at all" * 1000)
    with pytest.raises(sqlite3.DatabaseError):
        first.hit(ALLOWED, "x")
    assert first.hit(ALLOWED, "x")
    made = file.stat().st_ino
    assert second.hit(ALLOWED, "x")
    assert file.stat().st_ino == made
    assert first.get_window_stats(ALLOWED, "x").remaining == 98


def test_a_broken_file_is_thrown_away_before_anybody_else_gets_a_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise it might be the new file of others."""
    limits, thrown, plainly = counting(tmp_path), [], Path.unlink

    def unlink(file: Path) -> None:
        with file.with_suffix(".lock").open("wb") as another, pytest.raises(BlockingIOError):
            fcntl.flock(another, fcntl.LOCK_EX | fcntl.LOCK_NB)
        thrown.append(file.name)
        plainly(file)

    monkeypatch.setattr(Path, "unlink", unlink)
    (tmp_path / "counters.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        limits.hit(ALLOWED, "x")
    assert thrown == ["counters.db"]


def test_the_file_holds_no_address_and_nothing_that_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knock(tmp_path, 5)
    file = tmp_path / "counters.db"
    assert b"192.0.2" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    name = counter_file.FileStorage(counter_file.uri(tmp_path), secret="s")._name(
        ALLOWED.key_for("submissions", "192.0.2.1")
    )
    assert name in file.read_bytes()
    begun = clock.now()
    monkeypatch.setattr(clock, "now", lambda: begun.replace(year=begun.year + 1))
    counting(tmp_path).hit(ALLOWED, "somebody else")
    assert name not in file.read_bytes()
