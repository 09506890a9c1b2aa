"""The file of a backup: a compressed tar of a manifest, the database, the key and files that wait for their import.

The manifest names every file with its SHA-256; a file that is cut off or altered is refused before anything is changed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import tarfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

FORMAT = 1
REVISIONS = "alembic_version"  # the table that knows the database's revision
NOTHING = "There is nothing to back up: the database has no tables of Afterword."
OTHER_ROWS = "The rows in the backup are not those that its manifest names. Nothing was changed."
MANIFEST = "manifest.json"
_NAME = re.compile(r"database|secret_key|imports/[A-Za-z0-9._-]+")
_CHUNK = 1024 * 1024
_COMPRESSION = 1  # half the time of the usual 9 and more, for a tenth of the size


class Unusable(Exception):
    """A backup that cannot be made or used; its text is one line for the person at the prompt."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Of a database, as it was saved."""

    revision: str
    schema: str  # of PostgreSQL
    rows: Mapping[str, int]  # by table


@dataclass(frozen=True, slots=True)
class Manifest:
    made_at: str  # UTC, before the first row was read
    version: str  # of the program
    revision: str
    schema: str
    rows: Mapping[str, int]
    engine: str  # sqlite or postgresql
    timezone: str  # which decided the days of the responses
    files: Mapping[str, str]  # SHA-256 by name


def pack(folder: Path, manifest: Manifest, target: Path) -> None:
    """Writes the file in the folder, which is on the same disk, and moves it to its place when it is whole."""
    whole = folder / "whole"
    descriptor = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        with tarfile.open(fileobj=out, mode="w:gz", compresslevel=_COMPRESSION) as tar:
            for name in (MANIFEST, *manifest.files):
                tar.add(folder / name, name, recursive=False)
        out.flush()
        os.fsync(out.fileno())
    whole.replace(target)
    _settle(target.parent)


def unpack(file: Path, folder: Path) -> Manifest:
    """Writes the files of a backup into the folder, each compared with the manifest. Raises Unusable."""
    try:
        with gzip.open(file) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
            first = tar.next()
            if first is None or first.name != MANIFEST:
                raise Unusable(f"{file} is not a backup of Afterword.")
            manifest = read_manifest(_opened(tar, first).read())
            others = iter(tar.next, None)
            found = {member.name: _copied(_opened(tar, member), folder, member.name) for member in others}
            while stream.read(_CHUNK):  # its end holds a checksum of the whole
                pass
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise Unusable(f"{file} cannot be read: {error}. Is the file whole?") from None
    for name in manifest.files.keys() | found.keys():
        if found.get(name) != manifest.files.get(name):
            raise Unusable(f"{file} was altered or is not whole: {name} is not what was backed up.")
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    said = asdict(manifest) | {"format": FORMAT}
    (folder / MANIFEST).write_text(json.dumps(said | {"checksum": _sum_of(said)}, indent=1), encoding="utf-8")


def read_manifest(content: bytes) -> Manifest:
    try:
        said: dict[str, Any] = json.loads(content)
        given = said.pop("checksum")
        if said.pop("format") != FORMAT:
            raise Unusable("The backup was made by a newer version of Afterword; update this one first.")
        manifest = Manifest(**said)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unusable("The backup's manifest cannot be read: the file was altered.") from None
    if given != _sum_of(said | {"format": FORMAT}):
        raise Unusable("The backup's manifest was altered.")
    return manifest


def checksum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _sum_of(said: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _opened(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member) if member.isreg() else None
    if content is None:
        raise Unusable(f"The backup holds something that no backup holds: {member.name!r}.")
    return content


def _copied(content: IO[bytes], folder: Path, name: str) -> str:
    """Its SHA-256; only names that a backup has are written anywhere."""
    if not _NAME.fullmatch(name):
        raise Unusable(f"The backup holds something that no backup holds: {name!r}.")
    place, digest = folder / name, hashlib.sha256()
    place.parent.mkdir(mode=0o700, exist_ok=True)
    with place.open("wb") as out:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def _settle(folder: Path) -> None:
    """A renamed file is durable when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
