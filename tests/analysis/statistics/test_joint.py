"""Joint counts of items: tables, sums and dummies are those of the raw answers."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.burt import burt, nobody
from analysis.statistics.joint import Column, Item, Joint, shape_of
from analysis.statistics.sums import Sums

STAFF = Item("staff", ("1", "2", "3"), (1, 2, 3))
AGE = Item("age", ("young", "old"))
ROOM = Item("room", ("0", "5", "10"), (0, 0.5, 10))
ITEMS = (STAFF, AGE, ROOM)
ALWAYS = ("staff", "room")
Person = tuple[str | None, ...]

people = st.lists(st.tuples(*(st.sampled_from([None, *item.levels]) for item in ITEMS)), max_size=25)


def joint(rows: list[Person]) -> Joint:
    places = {(item.code, level): None for item in ITEMS for level in item.levels}
    at = {key: number for number, key in enumerate(places)}
    levels = [
        bytes(at[item.code, answer] for item, answer in zip(ITEMS, row, strict=True) if answer is not None)
        for row in rows
    ]
    return Joint.of(ITEMS, ALWAYS, burt(levels, shape_of(ITEMS, ALWAYS)))


def number(item: Item, answer: str | None) -> float | None:
    return None if answer is None or item.numbers is None else item.numbers[item.levels.index(answer)]


@given(rows=people)
def test_tables_count_everybody_who_answered_both(rows: list[Person]) -> None:
    made = joint(rows)
    for (n, one), (m, other) in product(enumerate(ITEMS), repeat=2):
        pairs = Counter((row[n], row[m]) for row in rows)
        assert made.table(one.code, other.code) == tuple(
            tuple(pairs[a, b] for b in other.levels) for a in one.levels
        )
    for n, item in enumerate(ITEMS):
        assert made.counts(item.code) == {
            level: sum(row[n] == level for row in rows) for level in item.levels
        }


@given(rows=people)
def test_sums_are_those_of_the_raw_answers_of_complete_persons(rows: list[Person]) -> None:
    made = joint(rows)
    raw = [(number(STAFF, row[0]), number(ROOM, row[2])) for row in rows]
    assert made.sums(["staff", "room"]) == Sums.of(raw, 2)
    assert made.n == Sums.of(raw, 2).n
    dummies = made.dummies("staff", ["1"], ["2", "3"])
    complete = [row for row in rows if row[0] and row[2]]
    assert made.sums([*dummies, "room"]) == Sums.of(
        [(float(row[0] == "1"), float(row[0] in ("2", "3")), number(ROOM, row[2])) for row in complete], 3
    )


@given(rows=people)
def test_sums_of_a_pair_are_of_everybody_who_answered_both(rows: list[Person]) -> None:
    old = [None if row[1] is None else float(row[1] == "old") for row in rows]
    raw = [(number(STAFF, row[0]), one) for row, one in zip(rows, old, strict=True)]
    assert joint(rows).pair_sums("staff", Column("age", {"old": 1})) == Sums.of(raw, 2)


@given(rows=people, more=people)
def test_joints_add_up_and_come_apart(rows: list[Person], more: list[Person]) -> None:
    assert joint(rows) + joint(more) == joint(more) + joint(rows) == joint([*rows, *more])
    assert joint([*rows, *more]) - joint(more) == joint(rows)


@given(rows=people)
def test_fewer_items_in_another_order_say_the_same_of_each(rows: list[Person]) -> None:
    whole, part = joint(rows), joint(rows).only(["room", "age"])
    assert part.table("age", "room") == whole.table("age", "room")
    assert part.sums(["room"]) == whole.sums(["room"])
    assert (part.always, part.n) == (("room",), whole.n)
    assert whole.only(["staff", "age", "room"]) == whole


@given(rows=people, least=st.integers(1, 12))
def test_pairs_that_few_answered_are_empty_and_all_others_as_they_were(
    rows: list[Person], least: int
) -> None:
    whole, shown = joint(rows), joint(rows).without_few(least)
    for one, other in product(ITEMS, repeat=2):
        table = whole.table(one.code, other.code)
        many = sum(map(sum, table)) >= least
        nothing = tuple((0,) * len(other.levels) for _ in one.levels)
        assert shown.table(one.code, other.code) == (table if many else nothing)


def test_nobody_is_counted_as_nobody_without_any_exception() -> None:
    made = Joint.of(ITEMS, ALWAYS, nobody(shape_of(ITEMS, ALWAYS)))
    assert made.n == 0
    assert made.sums(["staff", "room"]) == Sums.empty(2)
    assert made.pair_sums("staff", "room") == Sums.empty(2)
    assert made.only(["age"]).n == 0
    assert made.sums([]) == Sums.empty(0)


def test_what_was_not_asked_is_refused() -> None:
    made = joint([("1", "old", "5")])
    for wrong in (
        lambda: made.sums([Column("age", {"old": 1})]),
        lambda: made.score("age"),
        lambda: made.item("food"),
        lambda: made.pair_sums("staff", "staff"),
        lambda: made + made.only(["staff"]),
    ):
        with pytest.raises(ValueError, match=r".+"):
            wrong()
