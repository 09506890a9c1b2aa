"""Prints the functions of the program that are too long, counted from `def` to their last line."""

from __future__ import annotations

import ast
from pathlib import Path

LONGEST = 29  # lines
PARTS = ("analysis", "survey")
TABLES = {("survey/config.py", "read_settings")}  # one line for each setting, nothing to split


def main() -> None:
    for part in PARTS:
        for file in sorted(Path(part).rglob("*.py")):
            if "migrations" not in file.parts:
                _look(file)


def _look(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        lines = (node.end_lineno or 0) - node.lineno + 1
        if lines > LONGEST and (file.as_posix(), node.name) not in TABLES:
            print(f"{file}:{node.lineno} {node.name} ({lines})")


main()
