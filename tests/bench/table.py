"""docs/figures.md: one section a command, each kept while the others are written anew."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from survey.config import ROOT

FILE = ROOT / "docs" / "figures.md"
HEAD = """# Figures

Written by the commands named below each heading; do not edit by hand. Ratios and medians only: absolute numbers
belong to the machine they were measured on, which may have been busy with other things.
"""


@dataclass(frozen=True, slots=True)
class Figure:
    what: str
    measured: str
    wanted: str = ""


def write(
    title: str, command: str, seed: int, about: str, figures: Sequence[Figure], file: Path = FILE
) -> None:
    """Prints where it was measured, and replaces the section of this title, or adds it."""
    print(f"{command}: seed {seed}; {machine()}", flush=True)
    kept = _sections(file.read_text(encoding="utf-8")) if file.exists() else {}
    kept[title] = _section(title, command, seed, about, figures)
    file.write_text("\n".join([HEAD, *(kept[name] for name in sorted(kept))]), encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    parts = re.split(r"(?m)^(?=## )", text)[1:]
    return {part.partition("\n")[0].removeprefix("## "): part.rstrip("\n") + "\n" for part in parts}


def _section(title: str, command: str, seed: int, about: str, figures: Sequence[Figure]) -> str:
    rows = [f"| {figure.what} | {figure.measured} | {figure.wanted} |" for figure in figures]
    head = ["| what | measured | wanted |", "|---|---|---|"]
    return "\n".join(
        [
            f"## {title}",
            "",
            f"Command: `{command}`; seed {seed}; {machine()}.",
            "",
            about,
            "",
            *head,
            *rows,
            "",
        ]
    )


def machine() -> str:
    return ", ".join(
        [
            f"{os.cpu_count()} processors ({_model()})",
            f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GB",
            f"Python {platform.python_version()}",
            f"SQLite {sqlite3.sqlite_version}",
        ]
    )


def _model() -> str:
    found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    return found.group(1).strip() if found else platform.machine()
