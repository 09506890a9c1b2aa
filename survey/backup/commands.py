"""`flask backup` and `flask restore`."""

from __future__ import annotations

import os
from pathlib import Path

import click
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from survey import audit
from survey.backup import service
from survey.backup.archive import Manifest, Unusable
from survey.config import Settings
from survey.extensions import db
from survey.migrating import FOLDER, upgrade
from survey.processing import recount


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _revisions() -> set[str]:
    scripts = ScriptDirectory(os.fspath(FOLDER))
    return {script.revision for script in scripts.walk_revisions()}


def _note(file: Path, manifest: Manifest, trail: str | None) -> None:
    """The first entry behind those of the backup; it names the end of the trail that was thrown away."""
    details = {"file": str(file), "made_at": manifest.made_at, "responses": manifest.rows.get("response", 0)}
    audit.record(audit.Deed.RESTORED, audit.Thing("backup"), details | ({"trail": trail} if trail else {}))
    db.session.commit()


@click.command("backup")
@click.argument("place", type=click.Path(path_type=Path))
@with_appcontext
def backup(place: Path) -> None:
    """Keep the whole installation in one file, while it runs. PLACE is the file, or a folder for a new file."""
    try:
        if service.has_trail():
            audit.saw(audit.Deed.EXPORTED, audit.Thing("backup"), {"file": str(place)})
        file, manifest = service.back_up(place, _settings())
    except Unusable as problem:
        raise SystemExit(str(problem)) from None
    except DBAPIError as problem:
        raise SystemExit(f"No backup was made; the database says: {problem.orig}") from None
    click.echo(f"{file}: {manifest.rows['response']} responses; {file.stat().st_size / 1e6:.1f} MB")
    click.echo(
        "It holds personal data and the key of this installation. Keep it where nobody else can read it."
    )


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Throw away what is in this installation.")
@with_appcontext
def restore(file: Path, replace: bool) -> None:
    """Make this installation from the backup FILE. Stop the server and the worker before."""
    settings = _settings()
    trail = str(audit.head()) if service.has_trail() else None
    db.session.remove()
    try:
        manifest = service.restore(file, settings, _revisions(), replace=replace)
    except Unusable as problem:
        raise SystemExit(str(problem)) from None
    upgrade()
    recount.count_what_is_new()
    _note(file, manifest, trail)
    click.echo(f"Restored: {manifest.rows['response']} responses, as they were at {manifest.made_at}.")
    if (settings.data_dir / service.KEY).read_text() != settings.secret_key:
        click.echo(
            "The key of the backup is now in DATA_DIR/secret_key. If SECRET_KEY is set, set it to the same."
        )
    if manifest.timezone != settings.timezone:
        click.echo(
            f"DEFAULT_TIMEZONE was {manifest.timezone}; set it to the same, or days begin at another hour."
        )


def register(commands: click.Group) -> None:
    commands.add_command(backup)
    commands.add_command(restore)
