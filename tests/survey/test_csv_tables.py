from __future__ import annotations

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.csv_tables import decode, read
from survey.errors import Invalid

COLUMNS = ("code", "parent", "name")
CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)


@given(
    st.lists(st.tuples(CELL, CELL, CELL), max_size=8),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_what_a_spreadsheet_writes_is_read_back(
    rows: list[tuple[str, ...]], delimiter: str, encoding: str
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([COLUMNS, *rows])
    found = read(decode(out.getvalue().encode(encoding)), COLUMNS, ("code",))
    clean = [[" ".join(cell.split()) for cell in row] for row in rows]
    assert [[row[column].casefold() for column in COLUMNS] for row in found] == [
        [_composed(cell) for cell in row] for row in clean if any(row)
    ]


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    text = 'code,name\n\na,"two\nlines"\n\n\nb,x\n'
    assert [(row.line, row["code"], row["name"]) for row in read(text, COLUMNS, ("code",))] == [
        (3, "a", "two lines"),
        (7, "b", "x"),
    ]


def test_a_chinese_spreadsheet_is_read() -> None:
    rows = read(decode("code;name\nn1;内科\n".encode("gb18030")), COLUMNS, ("code",))
    assert rows[0]["name"] == "内科"


@pytest.mark.parametrize(
    "text", ["code,nme\n", "name\n", "code,code\n", "", 'code,name\n"x' + "y" * 1_100_000]
)
def test_a_table_that_cannot_be_right_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read(text, COLUMNS, ("code",))
