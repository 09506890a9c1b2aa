"""Compiles the catalogues when they are newer than their compiled form, which is not kept in git."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent


def compile_all() -> None:
    """Leaves things as they are where the folder cannot be written: `make setup` compiles too, as its owner."""
    for source in FOLDER.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            with suppress(OSError):  # read-only, or another owner
                _compile(source, target)


def _compile(source: Path, target: Path) -> None:
    with source.open("rb") as opened:
        catalogue = read_po(opened, locale=source.parent.parent.name)
    with NamedTemporaryFile(dir=target.parent, suffix=".mo", delete=False) as made:
        write_mo(made, catalogue)
    Path(made.name).chmod(0o644)
    os.replace(made.name, target)  # noqa: PTH105 atomic also where another process compiles at the same time


if __name__ == "__main__":
    compile_all()
