"""Private PostgreSQL and Redis servers that may be stopped, killed and started again. Only on loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from redis import Redis as Client
from redis.exceptions import RedisError
from sqlalchemy import create_engine, text

from tests.bench.installation import free_port

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
PATIENCE = 30  # seconds for a server to start or stop


class Server:
    """A process that `answers`; started again on the same port with the same files."""

    def __init__(self, command: list[str], answers: Callable[[], bool], **given: Any) -> None:
        self._command, self._answers, self._given = command, answers, given
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError("the server was never started")
        return self._process.pid

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self._given
        )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            if self._answers():
                return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"{self._command[0]} did not start")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGCONT)
        self._process.send_signal(how)
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def hang(self) -> None:
        """Takes connections and answers nothing."""
        os.kill(self.pid, signal.SIGSTOP)
        while Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] != "T":
            time.sleep(0.01)


class Redis(Server):
    def __init__(self, folder: Path) -> None:
        self.url = f"redis://127.0.0.1:{(port := free_port())}/0"
        command = [shutil.which("redis-server") or "redis-server", "--port", str(port), "--bind", "127.0.0.1"]
        super().__init__([*command, "--dir", str(folder), "--appendonly", "yes"], self._pings)

    def _pings(self) -> bool:
        with suppress(RedisError), Client.from_url(self.url, socket_timeout=1) as client:
            return bool(client.ping())
        return False


@contextmanager
def redis(folder: Path) -> Iterator[Redis]:
    folder.mkdir(exist_ok=True)
    server = Redis(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop(signal.SIGKILL)


def missing() -> str:
    """Why no private PostgreSQL can be started here, or nothing."""
    if not BINARIES:
        return "no PostgreSQL server in /usr/lib/postgresql"
    if os.getuid() == 0 and _unprivileged() is None:
        return "PostgreSQL does not run as root, and there is no user postgres"
    return ""


def _unprivileged() -> pwd.struct_passwd | None:
    with suppress(KeyError):
        return pwd.getpwnam("postgres")
    return None


class Postgres(Server):
    def __init__(self, folder: Path, **given: Any) -> None:
        port = free_port()
        self.url = f"postgresql://afterword@127.0.0.1:{port}/postgres"
        self._engine = create_engine(
            self.url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
        )
        settings = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": folder,
                    "shared_buffers": "32MB", "max_connections": 60}  # fmt: skip
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        super().__init__(
            [str(BINARIES[-1] / "postgres"), "-D", str(folder / "data"), *options],
            self._answers_queries,
            **given,
        )

    def _answers_queries(self) -> bool:
        with suppress(Exception), self._engine.connect() as connection:
            return bool(connection.scalar(text("SELECT 1")))
        return False

    def cut_connections(self) -> None:
        """Ends every connection but this one, in the middle of whatever it does."""
        others = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend'"
        )
        with self._engine.connect() as connection:
            connection.execute(text(f"{others} AND pid <> pg_backend_pid()"))

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        self._engine.dispose()
        super().stop(how)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A new cluster of an unprivileged user, removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="afterword-postgres-"))
    given: dict[str, Any] = {"cwd": folder}
    user = _unprivileged() if os.getuid() == 0 else None
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
        given |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    try:
        initdb = [str(BINARIES[-1] / "initdb"), "-D", str(folder / "data"), "-U", "afterword", "-A", "trust", "-N",
                  "--locale=C.UTF-8", "--encoding=UTF8"]  # fmt: skip
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, **given)
        server = Postgres(folder, **given)
        server.start()
        try:
            yield server
        finally:
            server.stop(signal.SIGQUIT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
