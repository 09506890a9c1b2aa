"""One chart with all that belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.charts import Figure
from survey.results.tables import Table


@dataclass(frozen=True, slots=True)
class Card:
    """Without figure and table it says in words what is missing and what to do."""

    code: str  # in addresses and names of files
    title: str
    asked: str  # the question behind it; empty where there are several or the title is it
    sentences: Sequence[str]
    n: int | None = None  # behind the whole picture; None where it is not shown
    figure: Figure | None = None
    table: Table | None = None
    file: Callable[[], Table] | None = None  # where it has more rows than the page shows
    wide: bool = False
    listed: bool = False  # the table stays open under the picture, which cannot name everything
    note: str = ""
    method: Sequence[tuple[str, str]] = ()  # name and value: test, statistic, P, why; one click away
    weights: str = ""  # said of its figures where weights are asked for
