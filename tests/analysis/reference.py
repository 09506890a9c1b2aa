"""Runs a method of the reference file on its input: `run("wilson_ci", {"x": 3, "n": 9, "conf": 0.95})`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.analysis import reference_counts, reference_models

Given = dict[str, Any]

METHODS: dict[str, Callable[[Given], Given]] = {**reference_counts.METHODS, **reference_models.METHODS}

FILE = Path(os.environ.get("STATS_REFERENCE") or Path(__file__).with_name("stats_reference.json"))


def run(method: str, input: dict[str, Any]) -> dict[str, Any]:
    """What the method gives, under the names of the file. Raises KeyError for a method nobody wrote."""
    return METHODS[method](input)


def cases() -> list[dict[str, Any]]:
    """The cases of the reference file, or of the one that STATS_REFERENCE names."""
    return list(json.loads(FILE.read_text(encoding="utf-8"))["cases"])
