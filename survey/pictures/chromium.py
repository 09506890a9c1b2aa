"""Starting the system's Chromium: one at a time, without a network, with a time limit, nothing kept."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from flask import current_app

from survey.config import Settings
from survey.file_locks import turn

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NONE = "none"  # the setting that switches it off
SECONDS = 90.0  # for one start; a page of thirty charts takes five
ALONE = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",  # nobody listens on the port of "discard"
    "--proxy-bypass-list=<-loopback>",
)


class NotMade(Exception):
    """There is no Chromium, or it did not come to an end."""


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def possible() -> bool:
    return _program() is not None


def _program() -> str | None:
    wanted = _settings().chromium
    if wanted == NONE:
        return None
    names = (wanted,) if wanted else NAMES
    return next((found for name in names if (found := shutil.which(name))), None)


def run(arguments: Sequence[str], page: Path, seconds: float = SECONDS) -> bytes:
    """What Chromium writes on its output for a page of this machine's disk. Raises NotMade."""
    program = _program()
    if program is None:
        raise NotMade("no Chromium")
    kept = _settings().data_dir / "cache"
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / "chromium.lock").open("ab") as lock, turn(lock), tempfile.TemporaryDirectory() as profile:
        root = ("--no-sandbox",) if _is_root() else ()
        own = f"--user-data-dir={profile}"
        return _output([program, *ALONE, *root, own, *arguments, page.as_uri()], seconds)


def _is_root() -> bool:
    """Chromium's sandbox does not work for root."""
    return getattr(os, "geteuid", lambda: 1)() == 0


def _output(command: Sequence[str], seconds: float) -> bytes:
    """In a session of its own, so that its children end with it."""
    child = subprocess.Popen(  # noqa: S603 our own arguments, no shell
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        written, _nothing = child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise NotMade("Chromium took too long") from None
    finally:
        _end(child)
    if child.returncode:
        raise NotMade(f"Chromium ended with {child.returncode}")
    return written


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
        child.communicate()
