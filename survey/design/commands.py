"""`flask questionnaires`: list, load, publish and export on the command line."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from survey.design import library, queries, service
from survey.design.reading import read_document
from survey.design.source import DefinitionErrors
from survey.errors import DomainError
from survey.extensions import db

questionnaire_commands = AppGroup("questionnaires", help="Definitions of questionnaires.")


@questionnaire_commands.command("list")
def list_all() -> None:
    """What is here and what ships."""
    listed = queries.questionnaires()
    for entry in listed:
        questionnaire = entry.questionnaire
        number = queries.shown(questionnaire).number
        click.echo(f"{questionnaire.code}\t{entry.status}\tversion {number}")
    for code in sorted(set(library.codes()) - {entry.questionnaire.code for entry in listed}):
        click.echo(f"{code}\tin the library")


@questionnaire_commands.command("load")
@click.argument("source")
@click.option("--publish", is_flag=True, help="Publish it at once.")
def load(source: str, publish: bool) -> None:
    """Save SOURCE, a code of the library or a JSON file, as a draft."""
    _load(library.source(source) if source in library.codes() else _file(source), publish)


@questionnaire_commands.command("load-all")
@click.option("--publish", is_flag=True, help="Publish them at once.")
def load_all(publish: bool) -> None:
    """Load every questionnaire of the library that is not here yet."""
    for code in sorted(set(library.codes()) - queries.codes()):
        _load(library.source(code), publish)


@questionnaire_commands.command("publish")
@click.argument("code")
def publish_draft(code: str) -> None:
    """Publish the draft of the questionnaire CODE."""
    try:
        draft = queries.questionnaire(code).draft
        if draft is None:
            raise click.ClickException(f"{code} has no draft")
        service.publish(draft)
    except DomainError as error:
        raise _complaint(error) from None
    db.session.commit()
    click.echo(f"{code}: version {draft.number} published")


@questionnaire_commands.command("export")
@click.argument("code")
@click.option("--version", "number", type=int, help="Which version; without it the one in use.")
def export(code: str, number: int | None) -> None:
    """Print the definition of the questionnaire CODE as JSON."""
    try:
        questionnaire = queries.questionnaire(code)
        version = queries.version(code, number) if number else queries.shown(questionnaire)
    except DomainError as error:
        raise _complaint(error) from None
    click.echo(queries.source(version), nl=False)


def _file(source: str) -> bytes:
    path = Path(source)
    if not path.is_file():
        raise click.ClickException(f"neither a code of the library nor a file: {source}")
    return path.read_bytes()


def _load(source: bytes, publish: bool) -> None:
    try:
        version = service.save_draft(read_document(source))
        if publish:
            service.publish(version)
    except DomainError as error:
        raise _complaint(error) from None
    db.session.commit()
    click.echo(f"{version.questionnaire.code}: version {version.number} {version.status}")


def _complaint(error: DomainError) -> click.ClickException:
    if isinstance(error, DefinitionErrors):
        lines = [
            f"line {flaw.line or '?'}: {flaw.path or '(document)'}: {flaw.message}" for flaw in error.flaws
        ]
        return click.ClickException("\n".join([str(error.message), *lines]))
    if isinstance(error, service.Incomplete):
        lines = [f"{locale}: {path}" for locale, path in error.missing]
        return click.ClickException("\n".join([str(error.message), *lines]))
    return click.ClickException(str(error))
