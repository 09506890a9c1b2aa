"""Service events out of CSV files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from survey.distribute import events
from survey.distribute.events import Event, Faulty, Known, read_events
from survey.errors import Invalid
from survey.models import LeftOutFor

KNOWN = Known({"ward": 1}, {"stay": 7}, "Asia/Shanghai", datetime(2026, 5, 10, tzinfo=UTC))
HEADER = "reference,unit,service_type,when,language\n"


@pytest.fixture(autouse=True)
def _english(app: Flask) -> Iterator[None]:
    """Reasons are lazy texts, which need the application to be read."""
    with app.test_request_context("/"):
        yield


def read(text: str) -> list[Event | Faulty]:
    return list(read_events(text.encode(), KNOWN))


def test_a_good_row_becomes_an_event() -> None:
    assert read(HEADER + "A-1,ward,stay,2026-05-04 10:30,zh-TW\n") == [
        Event(2, "A-1", 1, 7, datetime(2026, 5, 4, 2, 30, tzinfo=UTC), "zh_Hant")
    ]


def test_chinese_names_other_order_and_other_columns_are_read() -> None:
    (event,) = read("姓名;时间;编号;服务类型;科室\n王;2026年5月4日;A-1;stay;ward\n")
    assert isinstance(event, Event)
    assert (event.reference, event.unit_id, event.locale) == ("A-1", 1, None)


def test_each_fault_names_its_line_its_column_and_its_reason() -> None:
    _good, bad = read(HEADER + 'A-1,ward,stay,2026-05-04,\n\n"",nowhere,gift,04/05/2026,tlh\n')
    assert isinstance(bad, Faulty)
    assert [(fault.line, fault.column, str(fault.reason)) for fault in bad.faults] == [
        (4, "reference", "is empty"),
        (4, "unit", "unknown unit"),
        (4, "service_type", "unknown service type"),
        (4, "when", "not a date and time that is understood"),
        (4, "language", "unknown language"),
    ]


def test_a_service_in_the_future_is_a_fault() -> None:
    (bad,) = read(HEADER + "A-1,ward,stay,2026-06-01,\n")
    assert isinstance(bad, Faulty)
    (fault,) = bad.faults
    assert "future" in str(fault.reason)
    assert (bad.unit_id, bad.service_type_id, bad.why) == (1, 7, LeftOutFor.FUTURE)


def test_lines_are_counted_as_in_the_file_when_a_cell_has_a_line_break() -> None:
    first, second = read(HEADER + '"A\n1",ward,stay,2026-05-04,\nA-2,ward,stay,2026-05-04,\n')
    assert isinstance(first, Event)
    assert isinstance(second, Event)
    assert (first.reference, first.line, second.line) == ("A 1", 2, 4)


def test_stray_spaces_and_control_characters_do_not_matter() -> None:
    (event,) = read(HEADER + "\u00a0A-1\x07 , ward\u3000,stay,2026-05-04,\n")
    assert isinstance(event, Event)
    assert event.reference == "A-1"


def test_a_lacking_column_is_named() -> None:
    with pytest.raises(Invalid, match="unit, when"):
        read("reference,service_type\nA-1,stay\n")


def test_an_empty_file_and_endless_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Invalid, match="first line"):
        read("")
    monkeypatch.setattr(events, "MOST_ROWS", 2)
    with pytest.raises(Invalid, match="More than 2 rows"):
        read(HEADER + "A-1,ward,stay,2026-05-04,\n" * 3)


def test_a_cell_that_never_ends_is_refused_with_its_line() -> None:
    with pytest.raises(Invalid, match="Line"):
        read(HEADER + '"' + "x" * 1_100_000 + "\n")
