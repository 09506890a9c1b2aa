"""`flask reports`: the list, making files, and whether a report's figures come out again."""

from __future__ import annotations

import uuid
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from survey.config import Settings
from survey.extensions import db
from survey.models import Report
from survey.pictures import Kind, NotMade, drawn
from survey.reports.document import document
from survey.reports.printing import in_font, pdf
from survey.reports.reproducing import reproduce
from survey.reports.workbook import workbook

report_commands = AppGroup("reports", help="Reports of a period.")


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _report(number: uuid.UUID) -> Report:
    found = db.session.get(Report, number)
    if found is None:
        raise click.ClickException(f"There is no report {number}.")
    return found


@report_commands.command("list")
@click.option("--most", default=30, show_default=True, help="How many to print.")
def listed(most: int) -> None:
    """Show the newest reports."""
    for one in db.session.scalars(select(Report).order_by(Report.made_at.desc()).limit(most)):
        unit = one.unit.code if one.unit else "*"
        click.echo(f"{one.id} {one.questionnaire.code} {unit} {one.first_on} {one.last_on} {one.stage}")


@report_commands.command("reproduce")
@click.argument("number", type=click.UUID)
def reproduced(number: uuid.UUID) -> None:
    """Make the figures again from the stored counts, and say whether today's tallies still give them.

    Exits with 1 where the stored counts were changed or no longer give the same figures.
    """
    found = reproduce(_report(number), _settings())
    click.echo(f"stored counts: {'unchanged' if found.kept else 'CHANGED'}")
    click.echo(f"figures from them: {'the same' if found.same else 'DIFFERENT'}")
    click.echo(f"counts that today's tallies give otherwise: {found.changed}")
    if found.responses:
        more = "more" if found.responses > 0 else "fewer"
        click.echo(f"responses in them today: {abs(found.responses)} {more}")
    if not found.sound:
        raise SystemExit(1)


@report_commands.command("write")
@click.argument("number", type=click.UUID)
@click.option("--to", "folder", type=click.Path(path_type=Path), required=True, help="A folder.")
def written(number: uuid.UUID, folder: Path) -> None:
    """Write the report's PDF and workbook, and each of its charts as SVG, PNG and PDF."""
    report = _report(number)
    folder.mkdir(parents=True, exist_ok=True)
    found = document(report, _settings())
    (folder / "report.xlsx").write_bytes(workbook(found))
    charts = {one.code: in_font(one.figure, report.locale) for one in found.sections if one.figure}
    try:
        (folder / "report.pdf").write_bytes(pdf(report))
        for kind in Kind:
            for code, content in zip(charts, drawn(list(charts.values()), kind), strict=True):
                (folder / f"{code}.{kind}").write_bytes(content)
    except NotMade as error:
        raise click.ClickException(f"Only the workbook was written: {error}.") from None
    click.echo(f"written: {len(charts) * len(Kind) + 2} files")
