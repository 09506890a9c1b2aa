"""Workbooks that would not fit into memory are refused before they are read."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from survey.errors import Invalid
from survey.intake import workbooks
from survey.intake.maps import File
from survey.intake.tables import open_table
from tests.survey.intake.files import workbook


def _sheet(path: Path, *cells: tuple[int, int]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, column in cells:
            sheet.write(row, column, "id")
    return path


def _changed(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """The same workbook with another XML of its sheet."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["xl/worksheets/sheet1.xml"] = change(parts["xl/worksheets/sheet1.xml"])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def _refused(path: Path, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        open_table(path, File(), {"id"})


def test_two_cells_in_opposite_corners_are_refused(tmp_path: Path) -> None:
    path = _sheet(tmp_path / "corners.xlsx", (0, 0), (1_048_575, 16_383))
    assert path.stat().st_size < 10_000
    _refused(path, "save it as CSV")


def test_a_far_row_whose_cell_says_nothing_of_its_place_is_refused(tmp_path: Path) -> None:
    path = _sheet(tmp_path / "row.xlsx", (0, 0), (0, 3), (9, 0))
    _changed(path, lambda xml: xml.replace(b'r="A10"', b"").replace(b'<row r="10"', b'<row r="1048576"'))
    _refused(path, "save it as CSV")


def test_a_place_that_is_cut_between_two_pieces_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _sheet(tmp_path / "pieces.xlsx", (0, 0), (1_048_575, 16_383))
    for piece in (7, 64, 301):
        monkeypatch.setattr(workbooks, "PIECE", piece)
        _refused(path, "save it as CSV")


@pytest.mark.parametrize("attribute", [b' a=">"', b" " * 100_000, b" " * 600_000])
def test_a_place_behind_an_odd_attribute_is_found(tmp_path: Path, attribute: bytes) -> None:
    path = _sheet(tmp_path / "odd.xlsx", (0, 0), (1_048_575, 16_383))
    _refused(
        _changed(path, lambda xml: xml.replace(b'<c r="XFD', b"<c" + attribute + b' r="XFD')), "workbook"
    )


def test_cells_that_only_have_a_format_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "formats.xlsx"
    with xlsxwriter.Workbook(path) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet()
        sheet.write(0, 0, "id")
        sheet.write_blank(1_048_575, 16_383, None, bold)
    assert open_table(path, File(), {"id"}).header == ["id"]


def test_what_unpacks_to_more_than_its_header_says_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _changed(_sheet(tmp_path / "bomb.xlsx", (0, 0)), lambda xml: xml + b" " * 5_000_000)
    content = bytearray(path.read_bytes())
    for at in (found.start() for found in re.finditer(rb"PK\x01\x02", bytes(content))):
        struct.pack_into("<L", content, at + 24, 1000)  # the unpacked size in the directory
    path.write_bytes(bytes(content))
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 4_000_000)
    _refused(path, "save it as CSV")


def test_a_packed_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("content.xml", "<c/>")
    _refused(path, "cannot be read")


def test_an_encoding_in_which_cells_hide_is_refused(tmp_path: Path) -> None:
    path = _sheet(tmp_path / "wide.xlsx", (0, 0), (5, 5))
    _refused(_changed(path, lambda xml: xml.decode().encode("utf-16")), "cannot be read")


def test_a_usual_workbook_is_read_as_before(tmp_path: Path) -> None:
    rows = [[f"id {n}", n] for n in range(3000)]
    table = open_table(workbook(tmp_path / "usual.xlsx", ["id", "x"], *rows), File(), {"id"})
    assert [list(row.cells) for row in table] == [[f"id {n}", str(n)] for n in range(3000)]
