"""A database and the real server and worker on it, in a folder of their own, stopped and removed at the end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from flask import Flask
from sqlalchemy import create_engine, text

from survey import create_app, metrics
from survey.config import ROOT, Settings, read_settings
from survey.extensions import db
from survey.serve import wait_until_it_answers, web_command, web_environment, worker_command
from tests import factories
from tests.bench.clients import Target

Process = subprocess.Popen[bytes]
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")


@dataclass
class Installation:
    """`app` is for looking at the database from here; the server is a process of its own."""

    app: Flask
    settings: Settings
    environment: Mapping[str, str]
    running: list[Process] = field(default_factory=list)

    @property
    def target(self) -> Target:
        return self.settings.host, self.settings.port

    @property
    def folder(self) -> Path:
        return self.settings.data_dir

    def start(self, command: list[str], environment: Mapping[str, str] | None = None) -> Process:
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=environment or self.environment, stderr=log)
        self.running.append(process)
        return process

    def start_web(self) -> Process:
        process = self.start(web_command(self.settings), {**counters(self.settings), **self.environment})
        wait_until_it_answers(self.settings, [process])
        if process.poll() is not None:
            raise RuntimeError(f"the server did not start:\n{(self.folder / 'log').read_text()[-2000:]}")
        return process

    def start_worker(self) -> Process:
        return self.start(worker_command())

    def flask(self, *arguments: str) -> tuple[str, float, float]:
        """What a `flask` command printed, its seconds, and its largest memory in MB."""
        began = time.perf_counter()
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
        largest = 0.0
        with (self.folder / "out").open("w+b") as out:
            process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=out)
            while process.poll() is None:
                largest = max(largest, memory(process.pid, "VmHWM"))
                time.sleep(0.02)
            out.seek(0)
            printed = out.read().decode()
        seconds = time.perf_counter() - began
        if process.returncode:
            raise RuntimeError(f"flask {' '.join(arguments)}: {process.returncode}\n{printed}")
        return printed, seconds, largest

    def stop(self) -> None:
        for process in self.running:
            process.terminate()
        for process in self.running:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.clear()


def counters(settings: Settings) -> dict[str, str]:
    """As `flask web` has them: files that the web processes share."""
    name = "PROMETHEUS_MULTIPROC_DIR"
    return {name: web_environment(settings)[name]}


@contextmanager
def installation(engine: str, kept: str = "", **settings: str) -> Iterator[Installation]:
    """On "sqlite" or "postgresql", with an empty database inside; with a name in var/bench the one kept there."""
    with ExitStack() as stack:
        folder = _kept(f"{engine}-{kept}") if kept else Path(stack.enter_context(_temporary()))
        url = stack.enter_context(_database(engine, folder, kept))
        given = (
            {
                "DATA_DIR": str(folder),
                "DATABASE_URL": url,
                "SECRET_KEY": uuid.uuid4().hex * 2,
                "PORT": str(free_port()),
                "DEFAULT_LOCALE": "en",
                "REDIS_URL": "",
                "SUBMISSIONS_PER_MINUTE": "1000000",  # all clients share one address here; the limiter still counts
            }
            | settings
        )
        app = create_app(read_settings(given))
        made = Installation(app, app.extensions["settings"], os.environ | given)
        with app.app_context():
            db.create_all()
            factories.bind()
            try:
                yield made
            finally:
                made.stop()
                metrics.forget(made.settings.data_dir)
                db.session.remove()
                db.engine.dispose()


def _temporary() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="afterword-bench-", ignore_cleanup_errors=True)


def _kept(name: str) -> Path:
    folder = ROOT / "var" / "bench" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _database(engine: str, folder: Path, kept: str) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'afterword.db'}"
        return
    schema = f"bench_{kept or uuid.uuid4().hex[:12]}"
    admin = create_engine(read_settings({"DATABASE_URL": POSTGRES, "DATA_DIR": str(folder)}).database_url)
    with admin.begin() as connection:
        connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
    try:
        yield f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}options=-csearch_path%3D{schema}"
    finally:
        if not kept:
            with admin.begin() as connection:
                connection.execute(text(f'DROP SCHEMA "{schema}" CASCADE'))
        admin.dispose()


def clean_up_when_told_to_stop() -> None:
    """TERM ends the program as Ctrl-C does: servers are stopped, schemas and folders removed."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(1)

    signal.signal(signal.SIGTERM, stop)


def engines() -> list[str]:
    return ["sqlite", *(["postgresql"] if POSTGRES else [])]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in found.split()]


def memory(pid: int, kind: str = "VmRSS") -> float:
    """MB in main memory, shared pages included; now, or the most so far (VmHWM)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{kind}:"):
            return int(line.split()[1]) / 1024
    return 0.0  # it has just ended


def processor_time(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
