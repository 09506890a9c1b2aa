"""The servers: `flask up` runs both as children of one parent, `flask web` becomes the web server."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

from survey import metrics
from survey.config import ROOT, SettingError, Settings, environment_with

STOP_SECONDS = 15


def check_port(settings: Settings) -> None:
    """Raises SettingError when the port cannot be had, before anything is started."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            why = "is in use by another program" if taken else f"cannot be used ({error.strerror})"
            raise SettingError(
                f"PORT: {settings.host}:{settings.port} {why}; try PORT=8001 make run"
            ) from None


def web_command(settings: Settings) -> list[str]:
    address = f"{settings.host}:{settings.port}"
    if sys.platform == "win32":
        return [sys.executable, "-m", "waitress", f"--listen={address}", "wsgi:app"]
    return [
        sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", address, "--worker-class", "gthread",
        "--workers", str(settings.web_workers), "--threads", str(settings.web_threads), "--preload",
        "--no-control-socket", "--log-level", "warning", "--timeout", "60",
    ]  # fmt: skip


def web_environment(settings: Settings) -> dict[str, str]:
    """The web processes count into files that they share, which Prometheus' library learns from this variable."""
    folder = metrics.folder(settings.data_dir)
    _forget_ended(folder)
    return environment_with(PROMETHEUS_MULTIPROC_DIR=str(folder))


def _forget_ended(folder: Path) -> None:
    """Counters begin anew when the server does; those of processes that still run are left to them."""
    for file in folder.glob("*_*.db"):
        process = file.stem.rsplit("_", 1)[-1]
        if not (process.isdigit() and _runs(int(process))):
            file.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def replace_by_web_server(settings: Settings) -> None:
    """This process becomes gunicorn, whose HUP then loads the program anew without losing a request."""
    command = [part for part in web_command(settings) if part != "--preload"]
    os.execve(command[0], command, web_environment(settings))  # noqa: S606 no shell is meant


def give_way(settings: Settings) -> None:
    """The worker's work can wait: it leaves the processors of this machine to people who are being served.

    Not on SQLite: who holds its one write lock must not be kept waiting for a processor.
    """
    if hasattr(os, "nice") and not settings.sqlite:
        os.nice(10)


def worker_command() -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]


def run(settings: Settings, commands: Sequence[Sequence[str]], environment: Mapping[str, str]) -> int:
    """Runs the commands until one ends or the parent is told to stop; then stops them all.

    Those after the first begin when the server answers: whoever waits for the first page need not wait for them.
    """
    waiting = list(commands)
    children: list[subprocess.Popen[bytes]] = []
    told = _Told()
    try:
        while not told.stop and all(child.poll() is None for child in children):
            if waiting and (not children or _answers(settings)):
                command = waiting.pop(0)
                children.append(subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True))
            time.sleep(0.1)
    finally:
        for child in children:
            _stop(child)
    return 0 if told.stop else 1


class _Told:
    """Remembers that the parent was asked to end (Ctrl-C, TERM, terminal closed)."""

    def __init__(self) -> None:
        self.stop = False
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._heard)

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        self.stop = True


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            if sys.platform == "win32":
                child.kill()
            else:
                with suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)


def wait_until_it_answers(settings: Settings, child_ended: Sequence[subprocess.Popen[bytes]] = ()) -> None:
    """Returns as soon as the port takes connections, after 30 seconds at most."""
    until = time.monotonic() + 30
    while time.monotonic() < until and all(child.poll() is None for child in child_ended):
        if _answers(settings):
            return
        time.sleep(0.1)


def _answers(settings: Settings) -> bool:
    with suppress(OSError), socket.create_connection((settings.host, settings.port), timeout=1):
        return True
    return False
