"""The word lists beside this module, read once."""

from __future__ import annotations

from importlib.resources import files


def words(name: str) -> tuple[str, ...]:
    """Of lists/<name>.txt, separated by blanks."""
    return tuple(_text(name).split())


def lines(name: str) -> tuple[str, ...]:
    return tuple(line for line in _text(name).splitlines() if line)


def either_of(found: tuple[str, ...]) -> str:
    """For a regular expression: the longest first."""
    return "|".join(sorted(set(found), key=lambda word: (-len(word), word)))


def _text(name: str) -> str:
    return files("analysis.masking").joinpath("lists", f"{name}.txt").read_text(encoding="utf-8")
