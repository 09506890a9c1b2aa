"""One password for the demonstration's people, made once for each installation."""

from __future__ import annotations

import os
import secrets

from survey.config import Settings


def demo_password(settings: Settings) -> str:
    """Kept in the data folder, readable by the owner only."""
    file = settings.data_dir / "demo_password"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(f"afterword-{secrets.token_hex(4)}")
    return file.read_text().strip()
