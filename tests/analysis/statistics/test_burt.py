"""Counts of pairs of answers: exact, addable in any order, and the same after packing."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.burt import PIECE, Burt, Shape, burt, nobody, packed, square, unpacked

Answers = list[int | None]  # of each item the number of the level that was chosen


@st.composite
def questionnaires(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """The number of levels of each item, and the items that must be answered."""
    widths = draw(st.lists(st.integers(1, 5), min_size=1, max_size=5))
    return widths, sorted(draw(st.sets(st.integers(0, len(widths) - 1))))


def shape(widths: list[int], must: list[int]) -> Shape:
    return Shape(
        sum(widths), tuple(tuple(range(_first(widths, i), _first(widths, i) + widths[i])) for i in must)
    )


def _first(widths: list[int], item: int) -> int:
    return [0, *accumulate(widths)][item]


def levels(widths: list[int], answers: Answers) -> bytes:
    return bytes(_first(widths, i) + answer for i, answer in enumerate(answers) if answer is not None)


@st.composite
def crowds(draw: st.DrawFn) -> tuple[list[int], list[int], list[Answers]]:
    widths, must = draw(questionnaires())
    one = st.tuples(*(st.none() | st.integers(0, width - 1) for width in widths)).map(list)
    return widths, must, draw(st.lists(one, max_size=20))


def _by_hand(
    widths: list[int], must: list[int], people: list[Answers]
) -> tuple[list[list[int]], list[list[int]]]:
    def table(of: list[bytes], at: list[int]) -> list[list[int]]:
        pairs = Counter((a, b) for person in of for a in person for b in person)
        return [[pairs[a, b] for b in at] for a in at]

    everybody = [levels(widths, answers) for answers in people]
    complete = [levels(widths, answers) for answers in people if all(answers[i] is not None for i in must)]
    return table(everybody, list(range(sum(widths)))), table(complete, shape(widths, must).inner.tolist())


@given(crowd=crowds())
def test_the_counts_are_those_that_a_person_would_count_by_hand(
    crowd: tuple[list[int], list[int], list[Answers]],
) -> None:
    widths, must, people = crowd
    form = shape(widths, must)
    found = burt([levels(widths, answers) for answers in people], form)
    pairs, complete = _by_hand(widths, must, people)
    assert found.persons == len(people)
    assert square(found.pairs, form.levels).tolist() == pairs
    assert square(found.complete, len(form.inner)).tolist() == complete


@given(crowd=crowds(), data=st.data())
def test_cells_add_up_in_any_order_and_whoever_goes_leaves_what_was_there(
    crowd: tuple[list[int], list[int], list[Answers]], data: st.DataObject
) -> None:
    widths, must, people = crowd
    form = shape(widths, must)
    rows = [levels(widths, answers) for answers in people]
    cut = data.draw(st.integers(0, len(rows)))
    first, second = burt(rows[:cut], form), burt(rows[cut:], form)
    assert first + second == second + first == burt(data.draw(st.permutations(rows)), form)
    assert first + second - second == first
    assert nobody(form) + first == first


def test_more_persons_than_are_in_memory_at_a_time_are_counted_all() -> None:
    form = Shape(2, ((0, 1),))
    found = burt([b"\x01"] * (PIECE + 3), form)
    assert (found.persons, found.pairs.tolist(), found.complete.tolist()) == (
        PIECE + 3,
        [0, 0, PIECE + 3],
        [0, 0, PIECE + 3],
    )


@given(
    numbers=st.lists(
        st.integers(0, 300) | st.integers(0, 70_000) | st.integers(0, 2**33) | st.integers(0, 2**62),
        min_size=9,
        max_size=9,
    ),
    persons=st.integers(0, 10**9),
)
def test_packed_counts_are_the_same_again_whatever_their_size(numbers: list[int], persons: int) -> None:
    form = Shape(3, ((0, 1),))
    counts = Burt(persons, np.array(numbers[:6], dtype=np.int64), np.array(numbers[6:], dtype=np.int64))
    assert unpacked(packed(counts), persons, form) == counts


def test_packed_counts_take_as_few_bytes_a_number_as_they_can() -> None:
    for most, size in ((255, 1), (256, 2), (65_536, 4), (2**32, 8)):
        counts = Burt(1, np.array([most], dtype=np.int64), np.zeros(0, dtype=np.int64))
        assert packed(counts)[0] == size


def test_negative_counts_and_bytes_of_another_shape_are_refused() -> None:
    form, other = Shape(2, ()), Shape(3, ())
    with pytest.raises(ValueError, match="negative"):
        packed(nobody(form) - burt([b"\x00"], form))
    with pytest.raises(ValueError, match="belong"):
        unpacked(packed(nobody(form)), 0, other)
    with pytest.raises(ValueError, match="unknown form"):
        unpacked(b"\x07abc", 0, form)
    with pytest.raises(ValueError, match="damaged"):
        unpacked(b"\x01abc", 0, form)
    with pytest.raises(IndexError):
        burt([b"\x05"], form)
    assert unpacked(b"", 0, form) == nobody(form)
