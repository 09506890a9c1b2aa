"""The organisation on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import AppGroup

from survey.csv_tables import Report, decode, tell
from survey.errors import DomainError
from survey.extensions import db
from survey.organisation.importing import import_service_types, import_units

organisation_commands = AppGroup("organisation", help="Units, service types and people from CSV files.")
CSV_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@organisation_commands.command("import-units")
@CSV_FILE
def units(file: Path) -> None:
    """Units from a CSV file (code, parent, kind, name_…): all of it or nothing."""
    _import(file, import_units)


@organisation_commands.command("import-service-types")
@CSV_FILE
def service_types(file: Path) -> None:
    """Service types from a CSV file (code, name_…): all of it or nothing."""
    _import(file, import_service_types)


def _import(file: Path, act: Callable[[str], Report]) -> None:
    try:
        report = act(decode(file.read_bytes()))
    except DomainError as error:
        raise click.ClickException(str(error)) from None
    if report.problems:
        db.session.rollback()
        tell(report)
        raise SystemExit(1)
    db.session.commit()
    tell(report)
