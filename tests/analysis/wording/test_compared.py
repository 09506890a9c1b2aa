from __future__ import annotations

import pytest

from analysis.statistics.compared import compare
from analysis.statistics.compared_groups import compare_groups
from analysis.statistics.mix import shifts
from analysis.types import Distribution
from analysis.wording import LANGUAGES
from analysis.wording.changes import difference_sentence
from analysis.wording.compared import (
    at_one_mix_sentence,
    comparison_title,
    detectable_sentence,
    groups_sentences,
    mix_sentence,
    order_sentence,
    plain_difference,
)
from tests.analysis.statistics.strategies import FIVE


def _answers(yes: int, no: int) -> Distribution:
    return Distribution({"1": no, "2": 0, "3": 0, "4": 0, "5": yes})


def _told(first: tuple[int, int], second: tuple[int, int]) -> str:
    found = compare(_answers(*first), _answers(*second), "csat", FIVE).comparison
    return difference_sentence(found, "Ward A", "Ward B", "en")


def test_each_verdict_has_its_sentence() -> None:
    assert _told((90, 10), (40, 60)).startswith(
        "Ward A is 50 points better than Ward B: likely real, probably"
    )
    assert "we cannot tell it from chance" in _told((20, 10), (15, 15))
    assert _told((9000, 1000), (9000, 1000)).startswith(
        "Likely no important difference between Ward A and Ward B"
    )
    assert _told((5, 5), (5, 5)).startswith("No difference between Ward A and Ward B, but we cannot tell")


def test_beside_cannot_tell_stands_what_could_have_been_shown_and_nowhere_else() -> None:
    unclear = compare(_answers(20, 10), _answers(15, 15), "csat", FIVE)
    assert "in four of five cases" in detectable_sentence(unclear, "en")
    assert detectable_sentence(compare(_answers(90, 10), _answers(40, 60), "csat", FIVE), "en") == ""
    few = compare(_answers(1, 1), _answers(2, 1), "csat", FIVE)
    assert "could not have shown any" in detectable_sentence(few, "en")


def test_order_beside_averages_says_whether_it_agrees() -> None:
    found = compare(_answers(90, 10), _answers(40, 60), "mean", FIVE)
    assert "gives the same result" in order_sentence(found, "en")
    assert order_sentence(compare(_answers(9, 1), _answers(4, 6), "csat", FIVE), "en") == ""


def test_a_plain_difference_has_no_verdict() -> None:
    found = compare(_answers(90, 10), _answers(40, 60), "csat", FIVE).comparison
    assert "likely real" not in plain_difference(found, "Now", "Then", "en")


@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_a_mix_that_differs_is_warned_of_in_every_language(locale: str) -> None:
    moved = shifts({"phone": 10, "paper": 90}, {"phone": 60, "paper": 40}, (100, 100))
    told = mix_sentence(moved[0], "channel", "Paper", ("A", "B"), locale)
    assert "40%" in told and "90%" in told
    found = compare(_answers(90, 10), _answers(40, 60), "csat", FIVE).comparison
    assert "50" in at_one_mix_sentence(found, "channel", "A", "B", locale)
    assert "A" in comparison_title(found, "A", "B", locale)


def test_many_groups_are_told_with_their_correction() -> None:
    groups = {name: _answers(yes, 100 - yes) for name, yes in (("a", 90), ("b", 88), ("c", 40))}
    told = groups_sentences(compare_groups(groups, "csat", FIVE), "en")
    assert told[0] == "Not all of the 3 groups are alike: that is likely real."
    assert told[1] == "Of 3 pairs 2 differ, likely real after allowing for so many comparisons (Holm)."
    alike = {name: _answers(50, 50) for name in "abc"}
    assert "We cannot tell" in groups_sentences(compare_groups(alike, "csat", FIVE), "en")[0]
    many = {str(number): _answers(50, 50) for number in range(60)}
    assert "no pairs are compared" in groups_sentences(compare_groups(many, "csat", FIVE), "en")[1]
    assert "everybody" not in groups_sentences(compare_groups({"a": _answers(1, 1)}, "csat", FIVE), "en")[0]
