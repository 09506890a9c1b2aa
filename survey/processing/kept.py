"""Counts that outlive their responses: added when retention removes these, and the beginning of every recount."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite

from survey.extensions import db
from survey.models import KeptCount
from survey.processing.counted import Counted
from survey.processing.cuts import Place

_TABLE: Any = KeptCount.__table__


def add(found: Iterable[Counted]) -> None:
    """Inside the caller's transaction."""
    counts = Counter((one.place, series, value) for one in found for series, value in one.counts)
    rows = [
        {
            "counted_on": place.day,
            "series_id": series,
            "unit_id": place.unit_id,
            "service_type_id": place.service_type_id,
            "channel": place.channel,
            "locale": place.locale,
            "value": value,
            "count": count,
        }
        for (place, series, value), count in sorted(counts.items())
    ]
    if rows:
        db.session.connection().execute(_merging(_TABLE), rows)


def _merging(table: Table) -> Any:
    dialect = db.session.connection().dialect.name
    statement: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect](table)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key), set_={"count": table.c["count"] + statement.excluded["count"]}
    )


def kept(first: date, last: date) -> Iterator[tuple[Place, int, str, int]]:
    """(place, series id, value, count) of what is kept of these days."""
    for row in db.session.execute(select(_TABLE).where(_TABLE.c.counted_on.between(first, last))):
        place = Place(row.counted_on, row.unit_id, row.service_type_id, row.channel, row.locale)
        yield place, row.series_id, row.value, row._mapping["count"]  # a row's own `count` is that of a tuple
