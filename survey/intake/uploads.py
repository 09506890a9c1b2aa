"""Uploaded files on their way: the row, and the file beside the database."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

from survey import clock
from survey.config import ROOT, Settings
from survey.errors import Conflict
from survey.extensions import db
from survey.intake.maps import read_map
from survey.models import ImportRun, Phase

EXAMPLES = ROOT / "docs" / "examples"


def folder(settings: Settings) -> Path:
    made = settings.data_dir / "imports"
    made.mkdir(mode=0o700, exist_ok=True)
    return made


def file_of(run: ImportRun, settings: Settings) -> Path:
    return folder(settings) / f"{run.id}.upload"


def rejected_of(run: ImportRun, settings: Settings) -> Path:
    return folder(settings) / f"{run.id}.rejected.csv"


def examples() -> dict[str, str]:
    """Maps that ship with the program: file name -> text."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.toml"))}


def begin(
    save: Callable[[Path], object],
    name: str,
    map_: str,
    create_units: bool,
    by: uuid.UUID | None,
    settings: Settings,
) -> ImportRun:
    """Keeps the file and asks for its check. The map must be well-formed: raises Invalid."""
    read_map(map_)
    run = ImportRun(
        id=uuid.uuid4(),
        name=name[:255],
        map=map_,
        create_units=create_units,
        phase=Phase.CHECKING,
        created_at=clock.now(),
        created_by=by,
    )
    file = file_of(run, settings)
    try:
        save(file)
        db.session.add(run)
        db.session.flush()
    except Exception:
        file.unlink(missing_ok=True)  # on a full disk half a file would only be in the way
        raise
    return run


def check_again(run: ImportRun, map_: str, create_units: bool) -> None:
    """With a corrected map. Raises Invalid for one that is not well-formed."""
    if run.phase not in (Phase.CHECKED, Phase.FAILED):
        raise Conflict
    read_map(map_)
    run.map, run.create_units = map_, create_units
    _hand_over(run, Phase.CHECKING)


def start(run: ImportRun) -> None:
    """Asks for the import of what was checked. Started twice is started once."""
    if run.phase == Phase.CHECKED:
        _hand_over(run, Phase.IMPORTING)


def _hand_over(run: ImportRun, phase: Phase) -> None:
    run.phase, run.failure, run.leased_until = phase, None, None
    run.rows, run.rows_read = None, 0


def remove(run: ImportRun, settings: Settings) -> None:
    """Forgets the run and its files; responses that were imported stay. A worker at it notices and stops."""
    for path in (file_of(run, settings), rejected_of(run, settings)):
        path.unlink(missing_ok=True)
    db.session.delete(run)
