"""`flask responses export`. See docs/export.md."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import select

from survey import audit
from survey.config import Settings
from survey.errors import DomainError
from survey.export.codebook import HEADER
from survey.export.making import codebook_rows, make_sheet, parts
from survey.export.sheet import Sheet
from survey.extensions import db, reading
from survey.locales import LOCALES
from survey.models import Questionnaire
from survey.table_files import csv_pieces, write_xlsx

_DAY = click.DateTime(["%Y-%m-%d"])
_OUT = click.Path(dir_okay=False, writable=True, path_type=Path)


class Refusal(click.ClickException):
    """One line, and the exit code of wrong usage."""

    exit_code = 2


@click.command("export")
@click.option("--questionnaire", "code", required=True, help="The questionnaire's code.")
@click.option("--from", "first", type=_DAY, help="First day; that of the first response when not given.")
@click.option("--to", "last", type=_DAY, help="Last day, included; that of the last response when not given.")
@click.option("--format", "form", type=click.Choice(["csv", "xlsx"]), default="csv", show_default=True)
@click.option("--labels/--codes", default=False, show_default=True, help="Answers as words or as codes.")
@click.option("--language", type=click.Choice(LOCALES), help="Of names and words; DEFAULT_LOCALE by default.")
@click.option("--out", type=_OUT, required=True, help="The file to write; `-` for standard output (CSV).")
@click.option("--codebook", type=_OUT, help="Also write the codebook here (CSV). XLSX holds it as a sheet.")
def export_responses(
    code: str,
    first: datetime | None,
    last: datetime | None,
    form: str,
    labels: bool,
    language: str | None,
    out: Path,
    codebook: Path | None,
) -> None:
    """Write responses, one row each. Units with few responses are not named."""
    settings: Settings = current_app.extensions["settings"]
    locale = language or settings.locale
    audit.saw(audit.Deed.EXPORTED, audit.Thing("responses", code, code), _told(first, last, form))
    with reading():
        questionnaire = db.session.scalar(select(Questionnaire).where(Questionnaire.code == code))
        if questionnaire is None:
            raise Refusal(f"There is no questionnaire {code}.")
        days = first.date() if first else None, last.date() if last else None
        try:
            sheet = make_sheet(
                questionnaire, *days, person=None, locale=locale, labels=labels, settings=settings
            )
        except DomainError as error:
            raise Refusal(str(error)) from None
        _write(sheet, out, form, locale)
        if codebook:
            _write_pieces(codebook, csv_pieces(HEADER, codebook_rows(sheet, locale)))
        db.session.rollback()


def _told(first: datetime | None, last: datetime | None, form: str) -> dict[str, str]:
    days = {"from": first.date().isoformat() if first else "", "to": last.date().isoformat() if last else ""}
    return days | {"format": form}


def _write(sheet: Sheet, out: Path, form: str, locale: str) -> None:
    if form == "csv":
        _write_pieces(out, csv_pieces(sheet.header, sheet.rows()))
        return
    with out.open("wb") as file:
        write_xlsx(file, parts(sheet, locale))


def _write_pieces(out: Path, pieces: Iterable[bytes]) -> None:
    with click.open_file(str(out), "wb") as file:
        file.writelines(pieces)
