"""The word lists beside this module, read once: a row is its weight, then the terms that carry it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files
from typing import NamedTuple


class Rule(NamedTuple):
    kind: str
    weight: float


def rows(name: str) -> Iterator[list[str]]:
    """The rows of lexicon/<name>.csv below its header."""
    text = files("analysis.sentiment").joinpath("lexicon", f"{name}.csv").read_text(encoding="utf-8")
    lines = csv.reader(text.splitlines())
    next(lines)
    return lines


def weights(*names: str) -> dict[str, float]:
    """term -> weight of all these lists; a later list has the last word."""
    return {term: float(weight) for name in names for weight, *terms in rows(name) for term in terms}


def rules(name: str) -> dict[str, Rule]:
    """term -> what it does to the words around it."""
    return {term: Rule(kind, float(weight)) for kind, weight, *terms in rows(name) for term in terms}


def vader() -> dict[str, float]:
    """VADER's lexicon (Hutto and Gilbert 2014, MIT), out of its package, without running its code."""
    text = files("vaderSentiment").joinpath("vader_lexicon.txt").read_text(encoding="utf-8")
    columns = (line.split("\t") for line in text.splitlines() if line)
    return {term: float(weight) for term, weight, *_ in columns}
