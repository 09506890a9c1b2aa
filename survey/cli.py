"""The flask commands, thin: each calls a feature's functions and commits."""

from __future__ import annotations

import uuid

import click
from flask.cli import AppGroup

from survey import audit, jobs, start
from survey.accounts.commands import create_admin, import_users
from survey.backup import commands as backup_commands
from survey.checking.commands import check_commands
from survey.design.commands import questionnaire_commands
from survey.distribute.commands import distribute_commands
from survey.export.commands import export_responses
from survey.extensions import db, one_moment
from survey.intake.commands import responses_commands
from survey.organisation.commands import organisation_commands
from survey.privacy.commands import erase as erase_responses
from survey.privacy.commands import show as show_responses
from survey.processing import failures, recount
from survey.processing.commands import reprocess
from survey.reports.commands import report_commands
from survey.results.commands import results_commands
from survey.trail.commands import audit_commands

pipeline_commands = AppGroup("pipeline", help="What happens after a submission.")
tallies_commands = AppGroup("tallies", help="The stored counts.")


@pipeline_commands.command("drain")
def drain() -> None:
    """Process what is waiting, then stop."""
    click.echo(f"processed: {jobs.process_waiting()}")


@pipeline_commands.command("failed")
@click.option("--most", default=100, show_default=True, help="How many to print.")
def failed(most: int) -> None:
    """Show the responses that were given up, and why."""
    for response in db.session.scalars(failures.newest(most)):
        code = response.version.questionnaire.code
        click.echo(
            f"{response.id} {code} {response.submitted_on} tries {response.attempts}: {response.failure}"
        )
    click.echo(f"failed: {failures.count()}")


@pipeline_commands.command("retry")
@click.argument("ids", nargs=-1, type=click.UUID)
@click.option("--all", "everything", is_flag=True, help="All that were given up.")
def retry(ids: tuple[uuid.UUID, ...], everything: bool) -> None:
    """Let responses that were given up wait again, once the cause is mended."""
    if bool(ids) == everything:
        raise click.UsageError("Name responses, or say --all.")
    click.echo(f"waiting again: {failures.retry(None if everything else ids)}")
    db.session.commit()


@tallies_commands.command("verify")
@click.option("--most", default=20, show_default=True, help="How many differences to print.")
def verify(most: int) -> None:
    """Recount from the responses; exit 1 when a stored count differs."""
    with one_moment():
        found = list(recount.verify())
    for difference in found[:most]:
        click.echo(f"{difference.cell}: stored {difference.stored}, counted {difference.counted}")
    click.echo(f"differences: {len(found)}")
    if found:
        raise SystemExit(1)


@tallies_commands.command("rebuild")
def rebuild() -> None:
    """Throw the tallies away and count every processed response again."""
    counted = recount.rebuild()
    audit.record(audit.Deed.CHANGED, audit.Thing("tallies"), {"responses": counted})
    db.session.commit()
    click.echo(f"responses counted: {counted}")


GROUPS = (
    pipeline_commands,
    tallies_commands,
    organisation_commands,
    questionnaire_commands,
    *distribute_commands,
    responses_commands,
    results_commands,
    check_commands,
    report_commands,
    audit_commands,
)


def register(commands: click.Group) -> None:
    for command in (export_responses, show_responses, erase_responses, reprocess):
        responses_commands.add_command(command)
    organisation_commands.add_command(import_users)
    organisation_commands.add_command(create_admin)
    for group in GROUPS:
        commands.add_command(group)
    backup_commands.register(commands)
    start.register(commands)
