"""Accounts on the command line."""

from __future__ import annotations

import csv
from pathlib import Path

import click

from survey.accounts import links, service
from survey.accounts.importing import import_people
from survey.csv_tables import decode, tell
from survey.errors import DomainError
from survey.extensions import db
from survey.models import RoleName


@click.command("import-users")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--links", "links_file", type=click.Path(path_type=Path), help="Where to write new links (CSV)."
)
def import_users(file: Path, links_file: Path | None) -> None:
    """Accounts from a CSV file (email, name, role, unit, language): all of it or nothing."""
    try:
        report, new = import_people(decode(file.read_bytes()))
    except DomainError as error:
        raise click.ClickException(str(error)) from None
    if report.problems:
        db.session.rollback()
        tell(report)
        raise SystemExit(1)
    made = [(user.email, links.one_time_link(user)) for user in new] if links_file else []
    if links_file:
        with links_file.open("w", newline="", encoding="utf-8-sig") as out:
            csv.writer(out).writerows([("email", "link"), *made])
    db.session.commit()
    tell(report)


@click.command("create-admin")
@click.argument("email")
@click.option("--name", default="Administrator", show_default=True)
def create_admin(email: str, name: str) -> None:
    """Make an administrator, the first one above all, and print a one-time link to set the password."""
    try:
        person = service.add(service.Person(email, name, RoleName.ADMINISTRATOR, None, None))
    except DomainError as error:
        raise click.ClickException(str(error)) from None
    link = links.one_time_link(person)
    db.session.commit()
    click.echo(f"{person.email} is an administrator now. Set the password here, once:\n{link}")
