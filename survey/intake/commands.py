"""`flask responses import`. See docs/import.md."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from tqdm import tqdm

from survey import audit
from survey.bell import bell
from survey.config import Settings
from survey.errors import DomainError
from survey.extensions import db
from survey.intake.maps import read_map
from survey.intake.rejected import write_rejected
from survey.intake.report import REASONS, Report
from survey.intake.service import Intake, open_intake

responses_commands = AppGroup("responses", help="Responses in files.")
_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


class Refusal(click.ClickException):
    """One line, and the exit code of wrong usage."""

    exit_code = 2


@responses_commands.command("import")
@click.argument("file", type=_EXISTING)
@click.option("--map", "map_file", required=True, type=_EXISTING, help="What the columns mean (TOML).")
@click.option("--dry-run", is_flag=True, help="Read and check everything, store nothing.")
@click.option("--create-units", is_flag=True, help="Make units and service types that are not known yet.")
@click.option(
    "--rejected", type=click.Path(dir_okay=False, path_type=Path), help="Where to write rejected rows."
)
def import_responses(
    file: Path, map_file: Path, dry_run: bool, create_units: bool, rejected: Path | None
) -> None:
    """Import responses from FILE (CSV, TSV, XLSX). Importing a file again changes nothing."""
    settings: Settings = current_app.extensions["settings"]
    try:
        intake = open_intake(
            file,
            read_map(map_file.read_text(encoding="utf-8")),
            timezone=settings.timezone,
            locale=settings.locale,
            create_units=create_units,
            dry_run=dry_run,
        )
        _run(intake, file.name)
    except DomainError as error:
        raise Refusal(str(error)) from None
    except UnicodeDecodeError:
        raise Refusal(f"{map_file} is not a text in UTF-8.") from None
    click.echo("\n".join(lines(intake.report, dry_run)))
    if rejected or intake.report.rejections:
        target = rejected or _usual_place(settings, file)
        write_rejected(target, intake.table, intake.report.rejections)
        click.echo(f"rejected rows are in {target}")


def _run(intake: Intake, name: str) -> None:
    """What is stored is announced before its first row, so that a killed import stands in the audit trail too."""
    thing = audit.Thing("import", name=name)
    if not intake.dry_run:
        audit.record(audit.Deed.IMPORTED, thing, {"questionnaire": intake.edition.questionnaire})
    db.session.commit()
    with tqdm(unit=" rows", disable=None) as bar:  # only where a person watches
        for batch in intake.batches():
            intake.take(batch)
            db.session.commit()
            bar.total = intake.rows
            bar.update(intake.report.read - bar.n)
    if not intake.dry_run:
        audit.record(audit.Deed.IMPORTED, thing, intake.report.told())
        db.session.commit()
    bell.ring()


def lines(report: Report, dry_run: bool) -> list[str]:
    """The report as text: the parts that make up the rows read, then what else was noticed."""
    done = "would be imported" if dry_run else "imported"
    made = "would be created" if dry_run else "created"
    found = [
        f"rows read:                   {report.read:>9,}",
        f"  responses {done + ':':<18}{report.imported:>8,}",
        f"  responses already there:   {report.already:>9,}",
        f"  rows merged into others:   {report.merged:>9,}",
        f"  empty rows:                {report.empty:>9,}",
        f"  rows rejected:             {report.rejected.total():>9,}",
    ]
    found += [f"    {n:>9,}  {reason}: {REASONS[reason]}" for reason, n in report.rejected.most_common()]
    found.append(
        f"ambiguous dates:             {report.ambiguous:>9,}  (the first format that fits was taken)"
    )
    if report.not_asked:
        found.append(f"answers to questions not asked, left out: {report.not_asked:,}")
    for what, names in (("units", report.units), ("service types", report.service_types)):
        if names:
            found.append(f"{what} {made}: {', '.join(names)}")
    return found


def _usual_place(settings: Settings, file: Path) -> Path:
    folder = settings.data_dir / "imports"
    folder.mkdir(exist_ok=True)
    return folder / f"{file.stem}.rejected.csv"
