"""What a person who starts the program is told when a setting is wrong: one line, naming it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _up(folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "up"]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment | {"DATA_DIR": str(folder)} | given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("DATA_DIR", "/etc/passwd/below"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x"),
        ("DEFAULT_TIMEZONE", "Mars/Base"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(tmp_path: Path, name: str, value: str) -> None:
    ended = _up(tmp_path, **{name: value})
    assert ended.returncode != 0
    lines = (ended.stdout + ended.stderr).strip().splitlines()
    assert len(lines) == 1
    assert name in lines[0]


def test_a_busy_port_is_one_line_that_names_it(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        ended = _up(tmp_path, PORT=str(busy.getsockname()[1]))
    assert ended.returncode != 0
    assert "in use" in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_a_web_process_loads_neither_commands_nor_migrations() -> None:
    program = "import sys, wsgi; print([m for m in ('alembic', 'survey.cli', 'nltk') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
