"""One export for a page or the command line: who, what, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import force_locale

from survey.config import Settings
from survey.export.codebook import HEADER, codebook
from survey.export.queries import Wanted, days
from survey.export.sheet import FEWER, Sheet, Style
from survey.models import Questionnaire, User
from survey.names import CHANNELS, FLAGS, SENTIMENTS

Part = tuple[str, Sequence[str], Iterable[Sequence[Any]]]  # name, header, rows


def make_sheet(
    questionnaire: Questionnaire,
    first_on: date | None,
    last_on: date | None,
    *,
    person: User | None,
    locale: str,
    labels: bool,
    settings: Settings,
) -> Sheet:
    """All days that have responses where none are given. Raises Invalid where there are too few."""
    known = days(questionnaire.id, person) or (date.min, date.min)
    wanted = Wanted(questionnaire.id, first_on or known[0], last_on or known[1], person)
    with force_locale(locale):
        fewer = str(FEWER) % {"n": settings.min_n}
        words = {code: str(name) for names in (CHANNELS, SENTIMENTS, FLAGS) for code, name in names.items()}
    style = Style(locale if labels else None, settings.min_n, fewer, words if labels else {})
    return Sheet(wanted, style, locale)


def codebook_rows(sheet: Sheet, locale: str) -> list[list[str]]:
    with force_locale(locale):
        return list(codebook(sheet, locale))


def parts(sheet: Sheet, locale: str) -> list[Part]:
    """The sheets of a workbook."""
    return [("responses", sheet.header, sheet.rows()), ("codebook", HEADER, codebook_rows(sheet, locale))]


def file_name(questionnaire: Questionnaire, sheet: Sheet, ending: str) -> str:
    return f"{questionnaire.code}_{sheet.wanted.first_on}_{sheet.wanted.last_on}{ending}"
