"""The pictures of what matters: valid for Plotly, in each language, with and without figures."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.charts import driver_bars, dumbbell, kano_map, loyalty_line, penalty_bars, quadrant
from analysis.statistics.gap import Gap, gap
from analysis.statistics.importance import Measured, quadrants
from analysis.statistics.kano import kano
from analysis.statistics.loyalty_curve import loyalty_curve
from analysis.statistics.penalty_reward import Effect, PenaltyReward, Role
from analysis.statistics.sums import Sums
from analysis.types import Estimate, Group, Reason, Unit
from analysis.wording import LANGUAGES, chart_text
from tests.analysis.charts.test_all_charts import check, walk

EVIL = '<a href="javascript:alert(1)">x</a>'
NOTHING = Effect(None, None, None, None)
COUNTS = st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=5, max_size=5)


def driver(label: str, share: float | None) -> Group:
    ends = (None, None) if share is None else (max(0.0, share - 3), share + 3)
    reason = Reason.NO_SPREAD if share is None else None
    return Group(
        "k", label, Estimate(share, *ends, 90, Unit.PERCENT, "driver_share", reason, bounds=(0, 100))
    )


def placed(*values: tuple[float | None, float | None]) -> list[Measured]:
    return [Measured(v, None if v is None or w is None else (v - w, v + w)) for v, w in values]


@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_pictures_are_valid_in_every_language(locale: str) -> None:
    text = chart_text(locale)
    check(driver_bars([driver("a", 70), driver("b", 30), driver("c", None)], text))
    found = quadrants(placed((0.7, 0.1), (0.2, None), (None, None)), placed((40, 3), (80, 2), (70, 1)))
    check(quadrant(["a", "b", "c"], found, text))
    check(dumbbell([("a", gap(Sums.of([[5, 4], [5, 3]]))), ("b", gap(Sums.of([], 2)))], text))
    effect = Effect(-1.0, 0.2, 0.001, (-1.4, -0.6))
    check(penalty_bars([("a", PenaltyReward(NOTHING, effect, None, Role.BASIC))], text))


@given(counts=COUNTS)
@settings(max_examples=30, deadline=None)
def test_any_counts_of_pairs_can_be_drawn(counts: list[list[int]]) -> None:
    check(kano_map([("with", kano(counts))], chart_text("en")))
    curve = loyalty_curve(counts, [1, 2, 3, 4, 5], [0, 1, 2, 3, 4])
    rows = [(str(level.satisfaction), level) for level in curve.levels]
    check(loyalty_line(rows, (0, 4), chart_text("en")))


def test_pictures_of_nothing_are_empty_and_valid() -> None:
    text = chart_text("en")
    check(driver_bars([], text))
    check(quadrant([], quadrants([], []), text))
    check(dumbbell([], text))
    check(kano_map([], text))
    check(penalty_bars([], text))
    check(loyalty_line([], (0, 10), text))


def test_labels_of_users_are_text_and_never_markup() -> None:
    text = chart_text("en")
    found = quadrants(placed((0.7, 0.1), (0.2, 0.1)), placed((40, 3), (80, 2)))
    figures = [
        driver_bars([driver(EVIL, 70)], text),
        quadrant([EVIL, EVIL], found, text),
        dumbbell([(EVIL, Gap(3, 5.0, 4.0, -1.0, -1.5, -0.5))], text),
        kano_map([(EVIL, kano([[1] * 5] * 5))], text),
        penalty_bars([(EVIL, PenaltyReward(Effect(1.0, 0.1, 0.01, (0.8, 1.2)), NOTHING, None, None))], text),
        loyalty_line([(EVIL, level) for level in loyalty_curve([[2, 3]], [1], [0, 1]).levels], (0, 1), text),
    ]
    for figure in figures:
        check(figure)
        for leaf in walk(figure):
            if isinstance(leaf, str):
                assert set(re.findall(r"<[^>]*>", leaf)) <= {"<br>"}
