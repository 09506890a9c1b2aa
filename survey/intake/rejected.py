"""The file of rejected rows: line, reason, the cell that was wrong, and the row as it was."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from survey.cells import neutral_row
from survey.intake.report import REASONS, Rejection
from survey.intake.tables import Table

FIRST = ("line", "reason", "explanation", "column", "value")


def write_rejected(path: Path, table: Table, rejections: Mapping[int, Rejection]) -> None:
    """CSV in UTF-8 with a byte-order mark, formulas neutralised. Reads the table once more."""
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        writer = csv.writer(file)
        writer.writerow(neutral_row([*FIRST, *table.header]))
        for row in table if rejections else ():
            why = rejections.get(row.line)
            if why is not None:
                first = (row.line, why.reason, str(REASONS[why.reason]), why.column, why.value)
                writer.writerow(neutral_row([*first, *map(str, row.cells)]))
