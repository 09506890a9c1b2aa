"""What is said of drivers, priorities, gaps, classes and items never goes beyond the interval."""

from __future__ import annotations

import pytest

from analysis.statistics.drivers import Drivers
from analysis.statistics.gap import Gap
from analysis.statistics.importance import Measured, quadrants
from analysis.statistics.internal_consistency import Alpha
from analysis.statistics.item_quality import item_quality
from analysis.statistics.kano import kano
from analysis.statistics.loyalty_curve import loyalty_curve
from analysis.statistics.penalty_reward import Effect, PenaltyReward, Role
from analysis.types import Distribution, Scale
from analysis.wording import LANGUAGES
from analysis.wording.dimensions import gaps_told
from analysis.wording.instrument import alpha_told, item_rest_told, quality_told
from analysis.wording.kano import kano_told, penalties_told
from analysis.wording.matters import curve_told, drivers_told, priorities_told

FIVE = Scale({str(n): float(n) for n in range(1, 6)}, frozenset({"4", "5"}))


def found(*rows: tuple[float, float, float], r2: float = 0.5) -> Drivers:
    pct, low, high = zip(*rows, strict=True)
    return Drivers(200, r2, tuple(r2 * one / 100 for one in pct), pct, (0.5,) * len(rows), low, high)


def test_one_driver_leads_only_where_no_other_interval_reaches_its_own() -> None:
    clear = drivers_told(found((70, 60, 80), (30, 20, 40)), ["waiting", "room"], "overall", "en")
    assert clear.title == "What matters most: “waiting”"
    alike = drivers_told(found((55, 45, 65), (45, 35, 55)), ["waiting", "room"], "overall", "en")
    assert alike.title == "2 things matter most, none clearly more than the others"
    assert "It cannot be told apart from “room”." in alike.sentences


@pytest.mark.parametrize(
    ("r2", "words"),
    [(0.05, "only 5%"), (0.2, "a part"), (0.5, "a good part"), (0.9, "most of them"), (1.0, "most of them")],
)
def test_r2_is_said_in_words(r2: float, words: str) -> None:
    told = drivers_told(found((100, 90, 100), r2=r2), ["waiting"], "overall", "en")
    assert words in " ".join(told.sentences)


def test_nothing_explained_is_no_driver() -> None:
    none: tuple[None, ...] = (None,)
    told = drivers_told(Drivers(200, 0.0, (0.0,), none, (0.0,), none, none), ["waiting"], "overall", "en")
    assert told.title == "What matters most cannot be told"


def test_a_priority_within_chance_is_a_perhaps() -> None:
    def told(width: float) -> str:
        importance = [Measured(0.7, (0.7 - width, 0.7 + width)), Measured(0.3, (0.2, 0.4))]
        performance = [Measured(40, (38, 42)), Measured(80, (78, 82))]
        return priorities_told(quadrants(importance, performance), ["waiting", "room"], "en").title

    assert told(0.1) == "Matters most, done worst: “waiting”"
    assert told(0.3) == "Perhaps to improve first: “waiting”"


def test_a_gap_within_chance_is_none() -> None:
    sure, unsure = Gap(60, 5.0, 4.0, -1.0, -1.2, -0.8), Gap(60, 4.1, 4.0, -0.1, -0.3, 0.1)
    told = gaps_told([("speed", unsure), ("care", sure)], (4.55, 4.0), (1, 5), "en")
    assert told.title == "Expected 4.5, got 4.0" or told.title == "Expected 4.6, got 4.0"
    assert told.sentences[0].startswith("“care” falls short most: −1.00")
    assert "beyond chance" in gaps_told([("speed", unsure)], (4.1, 4.0), (1, 5), "en").sentences[0]


def test_a_class_within_chance_is_not_given_as_one() -> None:
    musts, mixed = [[0] * 5 for _ in range(5)], [[0] * 5 for _ in range(5)]
    musts[2][4], mixed[2][4], mixed[0][2] = 50, 6, 5
    told = kano_told([("notice", kano(musts)), ("tea", kano(mixed))], "en")
    assert told.title == "Must have: “notice”"
    assert told.sentences == ("Must have: “notice”.", "Most frequent class, but it may be chance: “tea”.")


def test_questions_without_an_effect_are_in_no_class() -> None:
    nothing = Effect(0.0, 0.2, 0.9, (-0.4, 0.4))
    one = PenaltyReward(nothing, nothing, None, Role.INDIFFERENT)
    assert penalties_told([("room", one)], "en").title == "No question stands out as must have or delight"


@pytest.mark.parametrize(
    ("loyal", "title"),
    [((1, 1, 1, 2, 10), "top"), ((0, 8, 9, 9, 10), "bottom"), ((2, 4, 6, 8, 10), "no bend can be told")],
)
def test_a_bend_is_said_only_where_it_is_beyond_chance(loyal: tuple[int, ...], title: str) -> None:
    counts = [[0] * 11 for _ in range(5)]
    for level, score in enumerate(loyal):
        counts[level][score], counts[level][max(0, score - 1)] = 30, 10
    curve = loyalty_curve(counts, [1, 2, 3, 4, 5], list(range(11)))
    ends = ("1", curve.levels[0]), ("5", curve.levels[-1])
    assert title in curve_told(curve, *ends, "en").title


@pytest.mark.parametrize(
    ("low", "high", "said"), [(0.5, 0.69, True), (0.5, 0.75, False), (0.96, 0.98, True), (0.94, 0.97, False)]
)
def test_alpha_is_spoken_of_only_where_the_whole_interval_fails(low: float, high: float, said: bool) -> None:
    alpha = Alpha(100, (low + high) / 2, None, low, high, (), ())
    assert bool(alpha_told("all", alpha, "en")) is said


def test_an_item_is_spoken_of_only_where_the_whole_interval_is_low() -> None:
    assert "hardly goes with the others" in item_rest_told("weather", 0.02, 400, "en")
    assert item_rest_told("weather", 0.2, 30, "en") == ""
    assert item_rest_told("weather", None, 30, "en") == ""


@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_piled_up_answers_are_told_in_every_language(locale: str) -> None:
    full = item_quality(Distribution({"1": 0, "4": 3, "5": 97}, not_applicable=60, missing=30), FIVE)
    assert len(quality_told("room", full, locale)) == 3
    even = item_quality(Distribution({"1": 20, "3": 20, "5": 20}), FIVE)
    assert quality_told("room", even, locale) == []
