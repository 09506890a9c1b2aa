"""The topics of services and their names: read once, and without what reads comments, so that any page may name them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "topics" / "lists" / "topics.toml"
_LOCALES = ("zh_Hans", "zh_Hant", "en")


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic; `subtopics` maps code to names. Names are by locale: zh_Hans, zh_Hant, en."""

    code: str
    names: dict[str, str]
    subtopics: dict[str, dict[str, str]]


def _names(entry: Any) -> dict[str, str]:
    return dict(zip(_LOCALES, entry, strict=True))


def _read() -> tuple[dict[str, Topic], dict[str, dict[str, str]]]:
    entries = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    sectors = {code: _names(names) for code, names in entries.pop("sectors").items()}
    topics = {
        code: Topic(
            code,
            _names(entry["names"]),
            {part: _names(names) for part, names in entry.items() if part != "names"},
        )
        for code, entry in entries.items()
    }
    return topics, sectors


# In the order in which a page lists them.
TOPICS, SECTORS = _read()
