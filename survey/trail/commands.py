"""`flask audit`: is the trail whole? See docs/audit.md."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from survey import audit
from survey.audit import Broken
from survey.extensions import db, reading

audit_commands = AppGroup("audit", help="The audit trail.")


@audit_commands.command("verify")
@click.option("--expect", help="A hash, or number:hash as `flask audit head` prints it, that must be there.")
def verify(expect: str | None) -> None:
    """Walk the chain; exit 1 and name the first entry that does not hold."""
    with reading():
        found = audit.verify(expect.rpartition(":")[2].strip().lower() if expect else None)
        db.session.rollback()
    if isinstance(found, Broken):
        click.echo(f"entry {found.number}: {found.reason}")
        raise SystemExit(1)
    click.echo(f"entries: {found.number}  head: {found}")


@audit_commands.command("head")
def head() -> None:
    """Print number:hash of the last entry. Keep it elsewhere; `verify --expect` asks for it later."""
    with reading():
        click.echo(audit.head())
        db.session.rollback()
