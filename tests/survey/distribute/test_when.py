"""Instants in the forms that people and hospital systems write."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.distribute.when import read_instant

SHANGHAI = "Asia/Shanghai"
FORMS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
    "%Y.%m.%d %H:%M:%S",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日%H时%M分%S秒",
    "%Y%m%d%H%M%S",
    "%Y-%m-%dT%H:%M:%S.123+08:00",
)


@given(st.integers(600_000_000, 4_000_000_000), st.sampled_from(FORMS))
def test_every_form_means_the_same_instant(seconds: int, form: str) -> None:
    local = datetime.fromtimestamp(seconds, ZoneInfo("Etc/GMT-8"))
    assert read_instant(local.strftime(form), "Etc/GMT-8") == local


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-04", datetime(2026, 5, 3, 16, tzinfo=UTC)),
        ("2026年5月4日", datetime(2026, 5, 3, 16, tzinfo=UTC)),
        ("２０２６年５月４日１０：３０", datetime(2026, 5, 4, 2, 30, tzinfo=UTC)),
        ("2026/5/4 9:05", datetime(2026, 5, 4, 1, 5, tzinfo=UTC)),
        ("2026-05-04T02:30:00Z", datetime(2026, 5, 4, 2, 30, tzinfo=UTC)),
        ("2026-05-04 10点", datetime(2026, 5, 4, 2, tzinfo=UTC)),
    ],
)
def test_times_are_those_of_the_organisation_unless_they_say_otherwise(text: str, expected: datetime) -> None:
    assert read_instant(text, SHANGHAI) == expected


@pytest.mark.parametrize(
    "text", ["", "soon", "04/05/2026", "2026-02-30", "2026-13-01", "2026-05-04 25:00", "0001-01-01", "9" * 14]
)
def test_what_is_no_time_or_could_be_two_is_refused(text: str) -> None:
    assert read_instant(text, SHANGHAI) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    read = read_instant(text, SHANGHAI)
    assert read is None or read.tzinfo is UTC
