"""Files as they come: encodings, delimiters, workbooks, damaged ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.encodings import encoding_of
from survey.errors import Invalid
from survey.intake.maps import File
from survey.intake.tables import open_table
from survey.intake.wording import tidy
from tests.survey.intake.files import workbook, write

SIMPLIFIED = "护士的服务态度很好，病房干净整洁，就是等候时间太长，希望改进。"
TRADITIONAL = "護理師的服務態度很好，病房乾淨整潔，就是等候時間太長，希望改進。"


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (TRADITIONAL, "utf-8-sig", "utf-8-sig"),
        (TRADITIONAL, "utf-16", "utf-16"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gb2312", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "gb18030", "gb18030"),
        ("plain", "ascii", "utf-8"),
    ],
)
def test_the_encoding_is_found(tmp_path: Path, text: str, encoding: str, found: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(f"name,text\r\n1,{text}\r\n".encode(encoding))
    assert encoding_of(lambda: path.open("rb")) == found
    table = open_table(path, File(), {"text"})
    assert [row.cells[1] for row in table] == [text]


@given(st.lists(st.sampled_from(TRADITIONAL), min_size=8, max_size=25, unique=True).map("".join))
def test_any_short_traditional_text_in_big5_is_read_right(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("big5") / "file.csv"
    path.write_bytes(text.encode("big5"))
    assert path.read_text(encoding=encoding_of(lambda: path.open("rb"))) == text


def test_a_file_in_no_known_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(b"name\r\n\xff\xff\x00\x81\r\n")
    with pytest.raises(Invalid, match="UTF-8"):
        open_table(path, File(), {"name"})


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
def test_the_delimiter_is_the_one_that_gives_the_wanted_columns(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "file.csv"
    path.write_text(f"a, b; c{sign}key\nx;y,z|v{sign}1\n".replace("a, b; c", '"a, b; c | d\te"'))
    table = open_table(path, File(), {"key"})
    assert table.header == ["a, b; c | d e", "key"]


def test_lines_are_counted_as_in_an_editor_also_behind_line_breaks_in_cells(tmp_path: Path) -> None:
    path = write(tmp_path / "file.csv", ["1", "two\nlines"], ["2", "x"], header=["id", "text"])
    assert [row.line for row in open_table(path, File(), {"id"})] == [2, 4]


def test_a_workbook_gives_numbers_as_people_wrote_them_and_dates_as_dates(tmp_path: Path) -> None:
    path = workbook(tmp_path / "file.xlsx", ["id", "day", "x"], [5, date(2024, 3, 1), 2.5], ["a", "", True])
    table = open_table(path, File(), {"id"})
    rows = list(table)
    assert table.header == ["id", "day", "x"]
    assert rows[0].cells == ["5", date(2024, 3, 1), "2.5"]
    assert [row.line for row in rows] == [2, 3]
    assert list(table) == rows


def test_a_header_further_down_is_found_in_text_and_workbook(tmp_path: Path) -> None:
    rows = [["Report of the ward"], ["id", "text"], ["1", "x"]]
    text = write(tmp_path / "file.csv", *rows[1:], header=rows[0])
    for path in (text, workbook(tmp_path / "file.xlsx", *rows)):
        table = open_table(path, File(header=2), {"id"})
        assert table.header[:2] == ["id", "text"]
        assert [(row.line, list(row.cells)[:2]) for row in table] == [(3, ["1", "x"])]


@pytest.mark.parametrize("content", [b"PK\x03\x04 no workbook", b"\xd0\xcf\x11\xe0 none either"])
def test_a_damaged_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    with pytest.raises(Invalid, match="workbook"):
        open_table(path, File(), set())


def test_an_unknown_sheet_and_a_repeated_column_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="Ward"):
        open_table(workbook(tmp_path / "file.xlsx", ["id"]), File(sheet="Ward"), {"id"})
    with pytest.raises(Invalid, match="more than one"):
        open_table(write(tmp_path / "file.csv", header=["id", "id"]), File(), {"id"})


def test_invisible_differences_do_not_count() -> None:
    assert tidy("PTS\u00a0 - Patient\r\n Transport\u200b") == "PTS - Patient Transport"
    assert tidy("\ufeff 神经\u3000内科 ") == "神经 内科"


@given(st.text(max_size=40))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
