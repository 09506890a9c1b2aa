"""One chart with all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.charts import Figure
from survey.results.tables import Table


@dataclass(frozen=True, slots=True)
class Card:
    code: str  # in addresses and names of files
    title: str
    asked: str  # the question behind it; empty where there are several or the title is it
    sentences: Sequence[str]
    n: int | None  # behind the whole picture; None where it is not shown
    figure: Figure
    table: Table
    wide: bool = False
    note: str = ""
