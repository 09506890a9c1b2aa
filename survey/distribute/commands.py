"""flask invitations: for scripts of other systems that make personal links in bulk."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from survey import clock
from survey.config import Settings
from survey.distribute import batches, invitations, issuing, queries
from survey.distribute.events import Known
from survey.distribute.invitation_forms import MOST_DAYS, PERSONAL
from survey.errors import DomainError, Missing
from survey.extensions import db
from survey.models import Batch, Channel, Questionnaire

invitations_commands = AppGroup("invitations", help="Personal links that work once.")
distribute_commands = (invitations_commands,)


@invitations_commands.command("make")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--questionnaire", "code", required=True, help="Code of a published questionnaire.")
@click.option("--channel", type=click.Choice(PERSONAL), required=True)
@click.option("--expires", type=click.IntRange(1, MOST_DAYS), default=30, show_default=True, help="Days.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="A new CSV file.")
@click.option("--label", default="", help="For colleagues.")
@click.option("--skip-faulty", is_flag=True, help="Leave out rows that cannot be used.")
def make(file: Path, code: str, channel: str, expires: int, out: Path, label: str, skip_faulty: bool) -> None:
    """Make invitations for the service events in FILE and write their links to OUT, once."""
    settings: Settings = current_app.extensions["settings"]
    content, now = file.read_bytes(), clock.now()
    known = batches.known(None, settings.timezone, now)
    try:
        questionnaire = queries.published_questionnaire(code)
        _refuse_faults(content, known, questionnaire, skip_faulty)
        batch = Batch(
            questionnaire=questionnaire,
            label=label[:120],
            channel=Channel(channel),
            created_at=now,
            expires_at=now + timedelta(days=expires),
        )
        made = invitations.make(content, known, batch)
    except Missing:
        raise click.ClickException(f"no published questionnaire has the code {code!r}") from None
    except DomainError as error:
        raise click.ClickException(str(error)) from None
    if made.made:
        _write(batch, settings, out)
    click.echo(f"made: {made.made}  already there: {made.there}  left out: {made.faulty}")


def _refuse_faults(content: bytes, known: Known, questionnaire: Questionnaire, skip: bool) -> None:
    found = invitations.check(content, known, questionnaire)
    for fault in found.faults:
        click.echo(f"line {fault.line}: {fault.column} {fault.value!r}: {fault.reason}", err=True)
    if found.faulty and not skip:
        raise click.ClickException(
            f"{found.faulty} rows cannot be used; nothing was made (--skip-faulty leaves them out)"
        )


def _write(batch: Batch, settings: Settings, out: Path) -> None:
    """The file first, then the commit: a link is never stored without having been handed out."""
    try:
        with out.open("x", encoding="utf-8-sig", newline="") as text:
            out.chmod(0o600)
            issuing.issue(batch, batches.mine(None), False, settings.base_url, settings.timezone, text)
    except OSError as error:
        raise click.ClickException(f"cannot write {out}: {error.strerror}") from None
    try:
        db.session.commit()
    except BaseException:
        out.unlink()
        raise
