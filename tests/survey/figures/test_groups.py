"""One question's figures per group."""

from __future__ import annotations

import pytest
from flask import Flask

from analysis.types import Reason
from survey.errors import Missing
from survey.figures import Dimension, by
from tests.survey.figures.organisation import Organisation, organisation, process


@pytest.fixture
def place(any_app: Flask) -> Organisation:
    place = organisation()
    place.answer(0, 0, {"staff": 5}, times=12)
    place.answer(0, 0, {"staff": 1}, times=4)
    place.answer(0, 1, {"staff": "na"}, times=2)
    place.answer(1, 0, {"staff": 4}, times=3)
    place.answer(2, 1, {"staff": 3}, times=11)
    place.answer(2, 1, {}, times=1)
    place.answer(3, 1, {"staff": 2}, times=30)
    process()
    return place


def test_a_group_has_its_counts_and_figures(place: Organisation) -> None:
    (whole,) = by(None, place.filters(), "staff", min_n=10, locale="en")
    assert whole.distribution is not None
    assert dict(whole.distribution.counts) == {"1": 4, "2": 30, "3": 11, "4": 3, "5": 12}
    assert (whole.distribution.not_applicable, whole.distribution.missing) == (2, 1)
    assert whole.estimates["csat"].value == pytest.approx(100 * 15 / 60)
    assert whole.estimates["mean"].value == pytest.approx((4 + 60 + 33 + 12 + 60) / 60)
    assert whole.estimates["csat"].low < 25 < whole.estimates["csat"].high  # type: ignore[operator]


def test_a_small_group_and_the_next_smallest_of_its_branch_are_hidden(place: Organisation) -> None:
    groups = by(None, place.filters(), "staff", [Dimension.UNIT], min_n=10, locale="en")
    assert [(g.names[Dimension.UNIT], g.suppressed) for g in groups] == [
        ("Unit ward-0", True),
        ("Unit ward-1", True),
        ("Unit ward-2", False),
        ("Unit ward-3", False),
    ]
    hidden = groups[1].estimates["csat"]
    assert (hidden.value, hidden.low, hidden.n, hidden.reason) == (None, None, 0, Reason.SUPPRESSED)


def test_a_group_of_few_people_without_a_valid_answer_is_hidden_too(place: Organisation) -> None:
    groups = by(
        None, place.filters(), "staff", [Dimension.UNIT, Dimension.SERVICE_TYPE], min_n=10, locale="en"
    )
    shown = [(g.names[Dimension.UNIT], g.names[Dimension.SERVICE_TYPE]) for g in groups if not g.suppressed]
    assert ("Unit ward-0", "Service service-1") not in shown
    assert ("Unit ward-3", "Service service-1") in shown


def test_the_command_line_may_lower_the_threshold(place: Organisation) -> None:
    groups = by(None, place.filters(), "staff", [Dimension.UNIT], min_n=1, locale="en", allow_small=True)
    assert not any(group.suppressed for group in groups)


def test_an_unknown_question_is_missing(place: Organisation) -> None:
    with pytest.raises(Missing):
        by(None, place.filters(), "nothing", min_n=10, locale="en")
