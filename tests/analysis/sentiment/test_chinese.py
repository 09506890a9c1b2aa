"""What is not done yet is a complaint, and no word of it speaks for the service."""

from __future__ import annotations

import pytest

from analysis.sentiment import Label, classify


@pytest.mark.parametrize(
    "text",
    [
        "问题到现在还没解决。",
        "故障至今沒有修復",
        "一直没有处理",
        "跳闸后迟迟没恢复供电",
        "電話打了三次，仍未處理",
    ],
)
def test_what_is_still_not_done_counts_against_the_service(text: str) -> None:
    found = classify([text])[0]
    assert found.label is Label.NEGATIVE
    assert all(span.weight < 0 for span in found.spans)


def test_what_was_done_in_the_end_counts_for_it() -> None:
    found = classify(["问题终于解决了，谢谢"])[0]
    assert found.label is Label.POSITIVE
