"""Importing a file, and exporting it again by the command."""

from __future__ import annotations

import csv
import time
from dataclasses import dataclass
from pathlib import Path

from survey import jobs
from survey.extensions import db
from survey.intake.maps import read_map
from survey.intake.service import open_intake
from tests.bench.installation import installation
from tests.bench.rounds import open_link

MAP = """
questionnaire = "nhs-fft"
key = "id"
[date]
column = "day"
formats = "%Y-%m-%d"
[unit]
column = "unit"
[service_type]
column = "service"
[channel]
constant = "web"
[language]
constant = "en"
[ratings.fft]
column = "score"
[comments.why]
column = "why"
"""


@dataclass(frozen=True, slots=True)
class Handled:
    rows: int
    import_seconds: float
    export_seconds: float
    export_memory: float  # MB, the whole process

    @property
    def import_rate(self) -> float:
        return self.rows / self.import_seconds


def measure(engine: str, rows: int) -> Handled:
    with installation(engine) as made:
        open_link("nhs-fft")
        table, map_file = made.folder / "rows.csv", made.folder / "map.toml"
        _write(table, rows)
        map_file.write_text(MAP, encoding="utf-8")
        import_seconds = _imported(table, map_file, rows)
        jobs.process_waiting()
        out = made.folder / "out.csv"
        _printed, export_seconds, memory = made.flask(
            "responses", "export", "--questionnaire", "nhs-fft", "--out", str(out)
        )
        lines = sum(1 for _ in csv.reader(out.open(encoding="utf-8-sig", newline="")))
        if lines != rows + 1:
            raise RuntimeError(f"{lines - 1} of {rows} rows were exported")
        return Handled(rows, import_seconds, export_seconds, memory)


def _imported(table: Path, map_file: Path, rows: int) -> float:
    """As the command does it; how many seconds that took, the start of a process left out."""
    began = time.perf_counter()
    map_ = read_map(map_file.read_text(encoding="utf-8"))
    intake = open_intake(table, map_, timezone="Asia/Shanghai", locale="en", create_units=True)
    db.session.commit()
    for batch in intake.batches():
        intake.take(batch)
        db.session.commit()
    if intake.report.imported != rows:
        raise RuntimeError(f"{intake.report.imported} of {rows} rows were imported")
    return time.perf_counter() - began


def _write(table: Path, rows: int) -> None:
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "day", "unit", "service", "score", "why"])
        for n in range(rows):
            why = f"The nurse in room {n} was very kind." if n % 3 == 0 else ""
            day = f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}"
            writer.writerow([n, day, f"Unit {n % 40}", f"Service {n % 6}", n % 5 + 1, why])
