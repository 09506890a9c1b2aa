"""Counts of a question by several dimensions at once, with few classes of its values: for strata of respondents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import case, func

from survey.extensions import db
from survey.figures.filters import Dimension, Filters
from survey.figures.tallies import Key, reading
from survey.models import Tally, User


def in_classes(
    person: User | None,
    filters: Filters,
    series_id: int,
    dimensions: Sequence[Dimension],
    classes: Sequence[Collection[str]],
) -> dict[Key, list[int]]:
    """By the values of the dimensions (no period), how often a value of each class was given.

    The same as `counts`, but with one row a stratum: strata are many, and each row of a database takes its time.
    """
    columns = [func.sum(case((Tally.value.in_(values), Tally.count), else_=0)) for values in classes]
    found: dict[Key, list[int]] = defaultdict(lambda: [0] * len(classes))
    read = reading(person, filters, [series_id], dimensions, (), columns)
    for _series, *row in db.session.execute(read) if read is not None else ():
        key, sums = tuple(row[: len(dimensions)]), row[len(dimensions) :]
        found[key] = [one + int(more) for one, more in zip(found[key], sums, strict=True)]
    return found
