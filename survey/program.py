"""Which Afterword this is."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from survey.config import ROOT


@lru_cache(maxsize=1)
def program_version() -> str:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    return str(tomllib.loads(text)["project"]["version"])
