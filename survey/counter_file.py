"""The counters of the rate limits on one machine, shared by its processes: a small SQLite file, never synchronised.

With Redis this is not used. It costs a submission some tens of microseconds, where a row in the database would
cost a durable transaction. Losing the file loses a few minutes of counts, so that it keeps no journal either: one
that a killed process left broken is thrown away. It must not tell who was here when:
keys are keyed hashes of 48 bits, and what has run out is overwritten within a minute.
"""

from __future__ import annotations

import hmac
import os
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from limits.storage import Storage

from survey import clock, file_locks

SCHEME = "machine"
LOCKS = "?vfs=unix-none" if file_locks.POSSIBLE else ""  # none of SQLite's own: processes take turns here
PURGE_SECONDS = 60
SLACK = 10  # seconds; a process reads the clock before it waits for its turn
_TABLE = """
CREATE TABLE IF NOT EXISTS hits (key BLOB PRIMARY KEY, amount INTEGER, length REAL, expires REAL) WITHOUT ROWID
"""
# A window that ends later than its length from now began before the clock was set back.
_OVER = f"(expires <= :now OR expires > :now + length + {SLACK})"
_HIT = f"""
INSERT INTO hits VALUES (:key, :amount, :length, :now + :length) ON CONFLICT (key) DO UPDATE SET
    amount = excluded.amount + iif({_OVER}, 0, amount),
    length = excluded.length,
    expires = iif({_OVER}, excluded.expires, expires)
RETURNING amount
"""  # noqa: S608 constants only
_PURGE = f"DELETE FROM hits WHERE {_OVER}"  # noqa: S608 constants only


def uri(data_dir: Path) -> str:
    return f"{SCHEME}://{data_dir / 'counters.db'}"


class FileStorage(Storage):
    STORAGE_SCHEME = [SCHEME]

    def __init__(self, uri: str, wrap_exceptions: bool = False, secret: str = "", **_options: Any) -> None:
        super().__init__(uri, wrap_exceptions)
        self._file = Path(uri.removeprefix(f"{SCHEME}://"))
        self._secret = secret.encode()
        self._lock = threading.Lock()  # threads wait here, cheaper than in the database
        self._queue: tuple[int, IO[bytes]] | None = None  # of this process
        self._opened: tuple[int, sqlite3.Connection] | None = None  # the file, by its inode
        self._purge_at = 0.0

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = clock.now().timestamp()
        given = {"key": self._name(key), "amount": amount, "length": expiry, "now": now}
        with self._lock:
            if not self._purge_at - PURGE_SECONDS <= now < self._purge_at:
                self._purge_at = now + PURGE_SECONDS
                self._run(_PURGE, {"now": now})
            return int(self._run(_HIT, given)[0][0])

    def get(self, key: str) -> int:
        return int(self._read("amount", key, 0))

    def get_expiry(self, key: str) -> float:
        return float(self._read("expires", key, clock.now().timestamp()))

    def check(self) -> bool:
        with self._lock:
            return self._run("SELECT 1", ()) == [(1,)]

    def reset(self) -> int | None:
        with self._lock:
            return len(self._run("DELETE FROM hits RETURNING 1", ()))

    def clear(self, key: str) -> None:
        with self._lock:
            self._run("DELETE FROM hits WHERE key = ?", (self._name(key),))

    def _read(self, column: str, key: str, otherwise: float) -> float:
        statement = f"SELECT {column} FROM hits WHERE key = :key AND NOT {_OVER}"  # noqa: S608 a column's name
        with self._lock:
            found = self._run(statement, {"key": self._name(key), "now": clock.now().timestamp()})
        return found[0][0] if found else otherwise

    def _name(self, key: str) -> bytes:
        return hmac.digest(self._secret, key.encode(), "sha256")[:6]

    def _run(self, statement: str, given: Any) -> list[Any]:
        with file_locks.turn(self._queued()):  # SQLite's own waiting polls, and may starve one
            try:
                return self._open().execute(statement, given).fetchall()
            except sqlite3.OperationalError:  # busy or full: the caller counts by itself for a while
                raise
            except sqlite3.DatabaseError:  # the file is no database any more
                self._close()
                with suppress(OSError):
                    self._file.unlink()
                raise

    def _queued(self) -> IO[bytes]:
        """Of this process: what was opened before a fork is the parent's."""
        if self._queue is None or self._queue[0] != os.getpid():
            self._opened = None
            self._queue = (os.getpid(), self._file.with_suffix(".lock").open("wb"))
        return self._queue[1]

    def _open(self) -> sqlite3.Connection:
        """To be called in one's turn, so that the file stays which it is. Another process may have replaced it."""
        if self._opened is not None:
            with suppress(OSError):
                if self._file.stat().st_ino == self._opened[0]:
                    return self._opened[1]
            self._close()
        address = self._file.absolute().as_uri() + LOCKS
        connection = sqlite3.connect(
            address, timeout=1, isolation_level=None, check_same_thread=False, uri=True
        )
        try:
            self._file.chmod(0o600)
            for pragma in ("journal_mode=MEMORY", "synchronous=OFF", "secure_delete=ON"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute(_TABLE)
            self._opened = (self._file.stat().st_ino, connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _close(self) -> None:
        if self._opened is not None:
            _inode, connection = self._opened
            self._opened = None
            connection.close()

    def __del__(self) -> None:
        self._close()
        if self._queue is not None:
            self._queue[1].close()
