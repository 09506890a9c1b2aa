"""`flask responses show` and `flask responses erase`: what is stored of one person."""

from __future__ import annotations

import json

import click
from flask import current_app

from survey import audit, clock
from survey.config import Settings
from survey.errors import Missing
from survey.extensions import db
from survey.privacy import queries, service
from survey.privacy.queries import RECEIPT, REFERENCE, Found
from survey.processing import traces

_RECEIPT = click.option("--receipt", help="The receipt that the person got.")
_CONTACT = click.option("--contact", help="The reference of the service; not for anonymous questionnaires.")


class Refusal(click.ClickException):
    """One line, and the exit code of wrong usage."""

    exit_code = 2


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _found(receipt: str | None, contact: str | None) -> Found:
    if bool(receipt) == bool(contact):
        raise Refusal("Give either --receipt or --contact.")
    by, sought = (RECEIPT, receipt) if receipt else (REFERENCE, contact)
    try:
        return queries.find(by, sought or "", None)
    except Missing:
        raise Refusal("Nothing is stored under this, or it was deleted.") from None


@click.command("show")
@_RECEIPT
@_CONTACT
def show(receipt: str | None, contact: str | None) -> None:
    """Print everything that is stored of one person, as JSON."""
    by = RECEIPT if receipt else REFERENCE
    audit.saw(audit.Deed.SAW, audit.Thing("responses"), {"by": by, "why": "personal data"})
    found = _found(receipt, contact)
    click.echo(json.dumps(queries.documents(found, _settings().locale), ensure_ascii=False, indent=1))


@click.command("erase")
@_RECEIPT
@_CONTACT
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(receipt: str | None, contact: str | None, yes: bool) -> None:
    """Delete everything that is stored of one person, also from the database's files."""
    found = _found(receipt, contact)
    click.echo(f"responses: {len(found.responses)}, services: {len(found.events)}")
    if found.unfindable:
        click.echo(f"answered anonymously, found by their receipts only: {found.unfindable}")
    if not yes:
        click.confirm("Delete all of it for good?", abort=True)
    today = clock.today(_settings().timezone)
    service.erase(found, today)
    db.session.commit()
    try:
        traces.clean(today, always=True)
    except traces.Unclean:
        click.echo("Deleted. Somebody reads the database: traces in its files are removed by the next sweep.")
        return
    except traces.NoRoom:
        click.echo(
            "Deleted. The disk has no room to rewrite the database's files: the next sweep tries again."
        )
        return
    click.echo("Deleted, also from the files of the database. Backups keep it until they are replaced.")
