"""Somebody who holds the database, its files and the queue, and wants to know who answered what.

A trace is a number that each response or each invitation has in them: where its bytes lie, which transaction
wrote it, how its columns sort. The attacker puts responses and invitations in the order of any two traces and
joins the first with the first. `joined` counts the right pairs; `order` is Spearman's correlation between the two.
"""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import text

from survey.extensions import db

Trace = Mapping[str, Any]  # receipt or token hash -> something that sorts
# A correlation of n pairs that have nothing to do with each other has the deviation 1/sqrt(n-1), and n pairs
# joined at random hold one right one on average, whatever n: beyond these, one permutation in ten million.
MOST_DEVIATIONS, MOST_JOINED = 5.5, 12


def ranks(trace: Trace, keys: Sequence[str], rng: random.Random) -> list[int]:
    """The rank of each key; those that are alike stand in random order."""
    order = sorted(range(len(keys)), key=lambda i: (trace[keys[i]], rng.random()))
    found = [0] * len(keys)
    for rank, index in enumerate(order):
        found[index] = rank
    return found


def order(a: Sequence[int], b: Sequence[int]) -> float:
    n = len(a)
    return 1 - 6 * sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) / (n * (n * n - 1))


def joined(a: Sequence[int], b: Sequence[int]) -> int:
    return max(
        sum(x == y for x, y in zip(a, b, strict=True)),
        sum(x == len(a) - 1 - y for x, y in zip(a, b, strict=True)),
    )


def telling(a: Sequence[int], b: Sequence[int]) -> bool:
    """Whether one of them says more of the other than chance does."""
    return abs(order(a, b)) * (len(a) - 1) ** 0.5 > MOST_DEVIATIONS or joined(a, b) > MOST_JOINED


def permuted(n: int, times: int, rng: random.Random) -> Iterator[tuple[float, int]]:
    """What `order` and `joined` are when nothing is told: the yardstick for the limits above."""
    straight, other = list(range(n)), list(range(n))
    for _ in range(times):
        rng.shuffle(other)
        yield order(straight, other), joined(straight, other)


def columns_of(table: str, key: str) -> dict[str, dict[str, Any]]:
    """A trace for each column that sorts, hidden ones included."""
    lite = db.engine.dialect.name == "sqlite"
    hidden = "xmin::text::bigint AS _xmin, ctid AS _ctid, " if not lite else ""
    hidden += "rowid AS _rowid, " if lite and table == "invitation" else ""
    rows = [dict(row._mapping) for row in db.session.execute(text(f"SELECT {hidden}* FROM {table}"))]
    db.session.rollback()
    names = [name for name in rows[0] if name != key]
    found = {name: {row[key]: _sortable(row[name]) for row in rows} for name in names}
    if not lite:
        found["_ctid"] = {row[key]: _place(str(row["_ctid"])) for row in rows}
    return found | {key: {row[key]: row[key] for row in rows}}


def _sortable(value: Any) -> Any:
    return (value is not None, value if isinstance(value, int | float) else 0, str(value))


def _place(ctid: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", ctid))


def places_in(name: str, content: bytes, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Where the first and the last copy of each key lies in a file, and how many there are."""
    found: dict[str, dict[str, Any]] = {f"{name} {what}": {} for what in ("first", "last", "copies")}
    for key in keys:
        sought = key.encode()
        found[f"{name} first"][key] = content.find(sought)
        found[f"{name} last"][key] = content.rfind(sought)
        found[f"{name} copies"][key] = content.count(sought)
    return found


def files(folder: Path) -> dict[str, bytes]:
    """The bytes of every file of the installation, and on PostgreSQL of the tables and their indexes."""
    found = {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    if db.engine.dialect.name == "postgresql":
        found |= relations()
    return found


def relations() -> dict[str, bytes]:
    """Tables, their long values and their indexes as they lie on PostgreSQL's disk."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        rows = connection.exec_driver_sql(
            "WITH own AS (SELECT oid, reltoastrelid FROM pg_class WHERE relnamespace = current_schema()::regnamespace), "
            "every AS (SELECT oid FROM own UNION SELECT reltoastrelid FROM own WHERE reltoastrelid <> 0 UNION "
            "SELECT indexrelid FROM pg_index JOIN own ON own.reltoastrelid = indrelid) "
            "SELECT relname, pg_read_binary_file(pg_relation_filepath(every.oid)) "
            "FROM every JOIN pg_class ON pg_class.oid = every.oid WHERE relfilenode <> 0"
        ).all()
    return {row[0]: bytes(row[1] or b"") for row in rows}


def free_pages(file: Path) -> int:
    with sqlite3.connect(file) as connection:
        found: int = connection.execute("PRAGMA freelist_count").fetchone()[0]
    connection.close()
    return found


def every_trace(folder: Path, table: str, key: str, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    found = columns_of(table, key)
    for name, content in files(folder).items():
        found |= places_in(name, content, keys)
    return found
