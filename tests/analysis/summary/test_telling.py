"""Which comments are shown as examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.summary import Said, telling

WAITING = [
    "We waited three hours in the corridor",
    "Waited far too long to see the doctor",
    "The wait was far too long, two hours",
    "Long wait to see the doctor, far too long",
    "The lift smelled of paint this morning",
    "Parking was expensive but the doctor came soon",
]
CHINESE = [
    "等了很久才看上医生",
    "等候时间太长，等了两个小时",
    "看医生等的时间太长了",
    "食堂的饭菜凉了没有味道",
    "等候时间太长",
]


def _said(*texts: str) -> list[Said]:
    return [Said(number, text) for number, text in enumerate(texts)]


def test_the_comment_that_says_what_most_say_comes_first() -> None:
    assert telling(_said(*WAITING))[0].text == "Waited far too long to see the doctor"
    assert "等" in telling(_said(*CHINESE))[0].text


def test_the_second_says_it_in_other_words() -> None:
    both = telling(_said(*WAITING, "Long wait to see a doctor, far too long!"))
    assert len(both) == 2
    assert "far too long!" not in both[1].text


@pytest.mark.parametrize(
    "text",
    [
        "Nurse [name] never came when I rang",
        "My number 20381 was called at last",
        "Came at 14:30 and waited for hours",
        "护士说再闹就不给我治，要我给红包",
        "I want to kill myself after this wait",
        "bad",
        "Waiting " * 40,
    ],
)
def test_what_might_be_recognised_or_needs_help_is_not_shown(text: str) -> None:
    found = telling([Said(1, text, hides="[name]" in text)])
    assert not found


def test_the_same_text_stands_once_and_the_newer_wins() -> None:
    found = telling(_said("Waited too long", "waited too long", "Waited too long "))
    assert [one.key for one in found] == [0]


def test_nothing_to_choose_from_gives_nothing() -> None:
    assert telling([]) == ()


@given(st.lists(st.text(max_size=60), max_size=30), st.integers(0, 4))
def test_any_texts_give_at_most_so_many_of_them(texts: list[str], most: int) -> None:
    given_ = _said(*texts)
    found = telling(given_, most)
    assert len(found) <= most
    assert set(found) <= set(given_)
    assert found == telling(given_, most)
