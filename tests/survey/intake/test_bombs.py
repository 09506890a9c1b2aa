"""Workbooks made to exhaust the machine are refused within a bounded memory, or read as harmless text."""

from __future__ import annotations

import resource
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.survey.intake.files import workbook

MEMORY = 1_500_000_000  # bytes of address space for the reading process
READER = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
from survey.errors import Invalid
from survey.intake.maps import File
from survey.intake.tables import open_table
try:
    table = open_table(Path(sys.argv[1]), File(), [])
    print("read", sum(len(str(cell)) for row in table for cell in row.cells))
except Invalid as error:
    print("refused")
"""
ZEROS = b"0" * (1 << 20)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 20) for i in range(12))
    + b']><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&m;</t></si></sst>'
)


def _read(path: Path) -> str:
    command = [sys.executable, "-c", READER, str(path), str(MEMORY)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=Path(__file__).parents[3])
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def _altered(tmp_path: Path, name: str, parts: list[bytes], repeats: int) -> Path:
    """A real workbook in which one file holds something else."""
    source = workbook(tmp_path / "good.xlsx", ["id", "day"], ["1", "2"])
    made = tmp_path / "bad.xlsx"
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for entry in old.namelist():
            with new.open(entry, "w") as file:
                if entry != name:
                    file.write(old.read(entry))
                    continue
                for _ in range(repeats):
                    for part in parts:
                        file.write(part)
    return made


def _lying(path: Path, name: str) -> Path:
    """The same file, whose directory says that the large part is small."""
    with zipfile.ZipFile(path) as packed:
        size = packed.getinfo(name).file_size
    raw = path.read_bytes().replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    path.write_bytes(raw)
    return path


def test_a_workbook_is_read(tmp_path: Path) -> None:
    assert _read(workbook(tmp_path / "good.xlsx", ["id", "day"], ["1", "2"])) == "read 2"


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = _altered(tmp_path, "xl/worksheets/sheet1.xml", [ZEROS], repeats=1100)
    assert path.stat().st_size < 10_000_000
    assert _read(path) == "refused"


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(tmp_path: Path) -> None:
    name = "xl/sharedStrings.xml"
    head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    path = _altered(tmp_path, name, [head, *[b"<si><t>" + b"x" * 10_000 + b"</t></si>"] * 200_000], repeats=1)
    assert _read(_lying(path, name)) == "refused"


def test_a_billion_laughs_are_not_laughed(tmp_path: Path) -> None:
    said = _read(_altered(tmp_path, "xl/sharedStrings.xml", [LAUGHS], repeats=1))
    assert said == "refused" or int(said.removeprefix("read ")) < 1000


def test_the_limit_is_a_real_one() -> None:
    script = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({MEMORY},)*2); bytearray({MEMORY})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True)
    assert done.returncode != 0 and resource.RLIMIT_AS
