"""Importing responses from a file with a map. READ FIRST in this folder.

maps       what the columns mean            tables   rows of a file, whatever its format
rows       one row -> Draft or Refused      merging  rows of one key -> one response
storing    responses, each at most once     report   every row accounted for

intake = open_intake(path, map, …)
for batch in intake.batches():   # reads; touches no database
    intake.take(batch)           # one transaction: stores; the caller commits
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from survey import clock
from survey.errors import Invalid
from survey.extensions import db
from survey.intake.maps import ImportMap
from survey.intake.merging import Lasts, Open
from survey.intake.places import Places
from survey.intake.report import Rejection, Report
from survey.intake.rows import Draft, RowReader
from survey.intake.storing import Edition, already_stored, asked, idempotency_key, store, values_of
from survey.intake.tables import Row, Table, open_table
from survey.locales import LOCALES
from survey.models import Questionnaire

BATCH = 1000  # responses a transaction
NO_KEY = Rejection("no_key")

Keyed = tuple[str, Draft]


class Intake:
    """One reading of one file."""

    def __init__(
        self,
        table: Table,
        reader: RowReader,
        edition: Edition,
        places: Places,
        timezone: str,
        *,
        dry_run: bool,
    ) -> None:
        self.table, self.reader, self.edition, self.places = table, reader, edition, places
        self.zone, self.dry_run = ZoneInfo(timezone), dry_run
        self.report = Report()
        self.rows = 0  # of the file, known when the first batch comes

    def batches(self) -> Iterator[list[Keyed]]:
        """Responses as their last row is read, a batch at a time. The last batch may be empty."""
        lasts = Lasts(self.reader.key(row) for row in self.table)
        self.rows = lasts.rows
        waiting: dict[bytes, Open] = {}
        ready: list[Keyed] = []
        for number, row in enumerate(self.table):
            key = self._read(row, waiting)
            if key is not None and lasts[number]:
                ready += self._close(key, waiting.pop(key))
                if len(ready) >= BATCH:
                    yield ready
                    ready = []
        for key in list(waiting):
            ready += self._close(key, waiting.pop(key))
        yield ready

    def _read(self, row: Row, waiting: dict[bytes, Open]) -> bytes | None:
        """Joins the row to its response; returns the key."""
        report = self.report
        report.read += 1
        if not any(str(cell).strip() for cell in row.cells):
            report.empty += 1
            return None
        key = self.reader.key(row)
        if key is None:
            report.reject(row.line, NO_KEY)
            return None
        draft = waiting.setdefault(key, Open()).add(row.line, lambda: self.reader.read(row))
        report.ambiguous += draft is not None and draft.ambiguous
        return key

    def _close(self, key: bytes, rows: Open) -> Iterator[Keyed]:
        rejected = rows.rejections()
        for line, why in rejected.items():
            self.report.reject(line, why)
        if rejected or rows.draft is None:
            return
        draft = rows.draft
        kept = asked(self.edition.definition, draft.answers)
        self.report.not_asked += len(draft.answers) - len(kept)
        draft.answers = kept
        self.report.merged += len(rows.lines) - 1
        yield idempotency_key(self.edition.questionnaire, key), draft

    def take(self, batch: list[Keyed]) -> None:
        """Stores the batch (a dry run only looks what is there) and counts it. The caller commits."""
        if self.dry_run:
            already = already_stored(key for key, _draft in batch)
            self._note_new(batch)
        else:
            units, service_types = self.places.create_new(*_codes(batch))
            self.report.units += units
            self.report.service_types += service_types
            rows = [values_of(key, draft, self.edition, self.places, self.zone) for key, draft in batch]
            already = len(rows) - store(rows)
        self.report.already += already
        self.report.imported += len(batch) - already

    def _note_new(self, batch: list[Keyed]) -> None:
        units, service_types = _codes(batch)
        self.report.units += self.places.units.take(units).values()
        self.report.service_types += self.places.service_types.take(service_types).values()


def _codes(batch: list[Keyed]) -> tuple[set[str], set[str]]:
    return {draft.unit for _key, draft in batch}, {draft.service_type for _key, draft in batch}


def open_intake(
    path: Path,
    map_: ImportMap,
    *,
    timezone: str,
    locale: str,
    create_units: bool = False,
    dry_run: bool = False,
    today: date | None = None,
) -> Intake:
    """Raises Invalid for a file, a map or a questionnaire that do not fit together."""
    edition = _edition(map_.questionnaire)
    table = open_table(path, map_.file, {column for _where, column in map_.columns()})
    for where, column in map_.columns():
        if column not in table.header:
            message = _l(
                "The map is wrong at %(where)s: the file has no column %(column)s. It has: %(header)s",
                where=where,
                column=column,
                header=", ".join(table.header[:40]),
            )
            raise Invalid(message, "map")
    language = map_.language.constant if map_.language.constant in LOCALES else locale
    places = Places(create_units, map_.unit.parent, language or locale)
    reader = RowReader(
        map_, edition.definition, table.header, places, timezone, today or clock.today(timezone)
    )
    return Intake(table, reader, edition, places, timezone, dry_run=dry_run)


def _edition(code: str) -> Edition:
    questionnaire = db.session.scalar(select(Questionnaire).where(Questionnaire.code == code))
    version = questionnaire.published if questionnaire else None
    if version is None:
        raise Invalid(_l("There is no published questionnaire %(code)s.", code=code), "map")
    return Edition.of(version)
