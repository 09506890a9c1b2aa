"""The files of docs/deploy are right for systemd."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.conftest import DEPLOY


def test_the_service_files_pass_systemds_own_check(tmp_path: Path) -> None:
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("systemd-analyze is not installed")
    for file in [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]:
        text = file.read_text().replace("/opt/afterword/.venv/bin/python", sys.executable)
        (tmp_path / file.name).write_text(text)
    units = sorted(str(file) for file in tmp_path.iterdir())
    assert len(units) == 4
    checked = subprocess.run([tool, "verify", *units], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")
