"""What tests ask of the trail, and how an attacker with the database in hand would alter it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, text

from survey import audit
from survey.extensions import db
from survey.models import AuditEntry

POSTGRES_TRIGGERS = ("audit_entry_no_change", "audit_entry_no_truncate", "audit_entry_next")
SQLITE_TRIGGERS = ("audit_entry_no_update", "audit_entry_no_delete", "audit_entry_next")


def told() -> list[tuple[str, str]]:
    """Deed and kind of thing of each entry, in order."""
    rows = db.session.execute(
        select(AuditEntry.deed, AuditEntry.thing_kind).order_by(AuditEntry.number)
    ).all()
    db.session.rollback()
    return [(row.deed, row.thing_kind) for row in rows]


def some(n: int) -> list[str]:
    """So many entries, each in a transaction of its own; their hashes."""
    for i in range(n):
        audit.record(audit.Deed.EXPORTED, audit.Thing("responses", f"q{i}"), {"rows": i})
        db.session.commit()
    found = list(db.session.scalars(select(AuditEntry.hash).order_by(AuditEntry.number)))
    db.session.rollback()
    return found


def unlocked() -> None:
    """As a superuser of the database could: without the triggers, until the transaction is rolled back."""
    if db.session.get_bind().dialect.name == "sqlite":
        for name in SQLITE_TRIGGERS:
            db.session.execute(text(f"DROP TRIGGER {name}"))
    else:
        db.session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))


def raw(statement: str, **given: Any) -> None:
    db.session.execute(text(statement), given)
