"""Reading the marked sentences beside the tests: `{kind:text}` stands where something is to be found."""

import re
from pathlib import Path

HERE = Path(__file__).parent
_MARK = re.compile(r"\{(\w+):([^}]*)\}")

Gold = tuple[int, int, str]  # start, end, kind


def sentences(language: str) -> list[tuple[str, list[Gold]]]:
    lines = (HERE / "masking" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [_read(line) for line in lines]


def _read(line: str) -> tuple[str, list[Gold]]:
    text, gold, done = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[done : mark.start()]
        gold.append((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        done = mark.end()
    return text + line[done:], gold


def alarming(language: str) -> list[tuple[str, str]]:
    """(kind, sentence); the kind is "-" where nothing is alarming."""
    lines = (HERE / "alarms" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [(kind, text) for kind, _tab, text in (line.partition("\t") for line in lines)]
