"""Which encoding a file is in."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from survey import clock
from survey.distribute.batches import known
from survey.distribute.events import read_events
from survey.encodings import encoding_of
from survey.errors import Invalid

SIMPLIFIED = "编号,科室,服务类型,时间\n门诊一〇二三,内科,住院,2026年5月4日\n请尽快联系患者，谢谢配合。"
TRADITIONAL = "編號,科室,服務類型,時間\n門診一零二三,內科,住院,2026年5月4日\n請盡快聯絡病人，謝謝配合。"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "gb18030"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "utf-8"),
        ("reference,unit\nA-1,ward", "ascii"),
        ("", "ascii"),
    ],
)
def test_the_text_is_read_as_it_was_written(text: str, codec: str) -> None:
    content = text.encode(codec)
    assert content.decode(encoding_of(lambda: io.BytesIO(content)) or "") == text


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04rest of a workbook", b"a\0b", b"reference\n\xff\xff\x80\xff"],
)
def test_what_is_no_text_is_refused_with_advice(app: Flask, content: bytes) -> None:
    with pytest.raises(Invalid, match="Save"):
        next(iter(read_events(content, known(None, "Asia/Shanghai", clock.now()))))
