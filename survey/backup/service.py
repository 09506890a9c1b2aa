"""Making a backup, and an installation from one."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import inspect

from survey import clock
from survey.backup import leftovers, postgresql, sqlite
from survey.backup.archive import REVISIONS, Manifest, Unusable, checksum, pack, unpack, write_manifest
from survey.config import ROOT, Settings
from survey.extensions import db, reading
from survey.models import AuditEntry

DATABASE, KEY, IMPORTS = "database", "secret_key", "imports"
_NOT_CONTENT = (REVISIONS, "sweep_run", "upkeep")  # written by a worker in an empty installation too


def back_up(place: Path, settings: Settings) -> tuple[Path, Manifest]:
    """Into the file, or into a new file in the folder. Everything committed before the call is in it."""
    target = place
    if place.is_dir():
        target = place / f"afterword-{clock.now():%Y%m%dT%H%M%SZ}.afterword"
    with _work_folder(target.parent) as folder:
        made_at = clock.now().isoformat(timespec="seconds")
        _keep_files(folder, settings)  # before and after: a file may be done with meanwhile, or begin to wait
        contents = (sqlite if settings.sqlite else postgresql).save(folder / DATABASE)
        _keep_files(folder, settings)
        files = {
            str(file.relative_to(folder)): checksum(file)
            for file in (folder / DATABASE, folder / KEY, *sorted((folder / IMPORTS).iterdir()))
        }
        manifest = Manifest(
            made_at=made_at,
            version=_version(),
            revision=contents.revision,
            schema=contents.schema,
            rows=contents.rows,
            engine=db.engine.dialect.name,
            timezone=settings.timezone,
            files=files,
        )
        write_manifest(folder, manifest)
        pack(folder, manifest, target)
    return target, manifest


def restore(file: Path, settings: Settings, known: Collection[str], *, replace: bool) -> Manifest:
    """Into this installation. `known` are the revisions that this program can bring up to date."""
    with _work_folder(settings.data_dir) as folder:
        manifest = unpack(file, folder)
        _refuse_unfit(manifest, known)
        if not replace and _filled():
            raise Unusable("This installation is not empty. With --replace everything in it is thrown away.")
        db.engine.dispose()
        (sqlite if manifest.engine == "sqlite" else postgresql).load(folder / DATABASE, manifest.rows)
        _put_files(folder, settings)
    return manifest


def _refuse_unfit(manifest: Manifest, known: Collection[str]) -> None:
    here = db.engine.dialect.name
    if manifest.engine != here:
        raise Unusable(
            f"The backup is of {manifest.engine}, this installation uses {here}: see DATABASE_URL."
        )
    if manifest.revision not in known:
        raise Unusable("The backup was made by a newer version of Afterword; update this one first.")
    if here == "postgresql":
        with db.engine.connect() as connection:
            schema = postgresql.schema_of(connection)
        if schema != manifest.schema:
            raise Unusable(f"The backup is of the schema {manifest.schema}, this database's is {schema}.")


def has_trail() -> bool:
    """An empty database has none, nor one of the first revisions."""
    with reading(), db.engine.connect() as connection:
        return inspect(connection).has_table(AuditEntry.__tablename__)


def _filled() -> bool:
    """Whether anything here would be lost."""
    with reading(), db.engine.connect() as connection:
        return any(count for table, count in postgresql.rows(connection).items() if table not in _NOT_CONTENT)


@contextmanager
def _work_folder(place: Path) -> Iterator[Path]:
    try:
        with leftovers.work_folder(place) as folder:
            (folder / IMPORTS).mkdir(mode=0o700)
            yield folder
    except OSError as error:
        raise Unusable(f"{error.filename or place}: {error.strerror}") from None


def _keep_files(folder: Path, settings: Settings) -> None:
    """The key, and uploaded files that wait for the worker or for somebody's decision."""
    (folder / KEY).write_text(settings.secret_key)
    for file in (settings.data_dir / IMPORTS).glob("*"):
        with suppress(FileNotFoundError):
            shutil.copyfile(file, folder / IMPORTS / file.name)


def _put_files(folder: Path, settings: Settings) -> None:
    place = settings.data_dir / IMPORTS
    place.mkdir(mode=0o700, exist_ok=True)
    for file in place.iterdir():  # of rows that are gone
        file.unlink()
    for file in (folder / IMPORTS).iterdir():
        file.replace(place / file.name)
    key = folder / KEY
    key.chmod(0o600)
    key.replace(settings.data_dir / KEY)


def _version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
