"""Each response, comment, service event and invitation several times more, copied inside the database.

Drawing and writing ten million rows one by one takes an hour, copying nine million of them minutes. A copy differs
in what must be unique: the end of its id, and what is made of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import text

from survey.extensions import db
from tests.bench.crowd_rows import COMMENT, EVENT, INVITATION, RESPONSE
from tests.bench.crowd_topics import COMMENT_TOPIC

TABLES: Mapping[str, tuple[Sequence[str], Mapping[str, str]]] = {
    "response": (
        RESPONSE,
        {"id": "{id}", "idempotency_key": "idempotency_key || mark", "receipt": "receipt || mark"},
    ),
    "comment": (COMMENT, {"response_id": "{id}", "place": "place + number"}),
    "comment_topic": (COMMENT_TOPIC, {"response_id": "{id}"}),
    "service_event": (EVENT, {"id": "{id}", "reference": "reference || ' ' || mark"}),
    "invitation": (
        INVITATION,
        {"id": "{id}", "service_event_id": "{id}", "token_hash": "substr(token_hash, 1, 62) || mark"},
    ),
}


def multiply(times: int) -> None:
    """Until there are so many times as many; the tallies are the caller's. `times` is below 256."""
    marks = " UNION ALL ".join(f"SELECT '{n:02x}' AS mark, {n} AS number" for n in range(1, times))  # noqa: S608 numbers
    for table, (columns, changed) in TABLES.items() if times > 1 else ():
        taken = ", ".join(changed.get(name, name).format(id=_marked(name)) for name in columns)
        copied = f"SELECT {taken} FROM {table}, ({marks}) AS marks"  # noqa: S608 ours
        db.session.execute(text(f"INSERT INTO {table} ({', '.join(columns)}) {copied}"))  # noqa: S608 ours
        db.session.commit()


def _marked(name: str) -> str:
    """The id in the column with another end."""
    if db.engine.dialect.name == "sqlite":
        return f"substr({name}, 1, 30) || mark"
    return f"CAST(substr(replace(CAST({name} AS text), '-', ''), 1, 30) || mark AS uuid)"
