"""Units compared in words: the number of comparisons is said, and no order without its worth."""

from __future__ import annotations

import pytest

from analysis.statistics.flags import corrected_flags
from analysis.statistics.funnel import funnel
from analysis.statistics.units_compared import Rank, unit_means
from analysis.types import Reason
from analysis.wording import LANGUAGES
from analysis.wording.fairly import (
    flag_sentences,
    flags_title,
    missing_sentence,
    order_sentences,
    places_text,
)

GOOD, SIZES = [80, 78, 82, 81, 79, 83, 77, 80, 78, 82, 80, 30], [100] * 12
LABELS = [f"Ward {at}" for at in range(12)]


def test_a_flag_says_how_many_comparisons_were_allowed_for() -> None:
    made = funnel(GOOD, SIZES)
    told = flag_sentences(corrected_flags(made), LABELS, made, "en")
    assert told[0] == "1 flag after allowing for 12 comparisons: Ward 11 (below)."
    assert flags_title(corrected_flags(made), made, "en") == "One of 12 units stands out"


def test_without_a_flag_chance_is_named() -> None:
    made = funnel(GOOD[:11], SIZES[:11])
    told = flag_sentences(corrected_flags(made), LABELS[:11], made, "en")
    assert told[0].startswith("No flag after allowing for 11 comparisons")
    assert "no more than chance" in told[1]


def test_an_order_of_chance_has_no_places_and_says_what_it_would_take() -> None:
    alike = unit_means([[100 - good, good] for good in (80, 74, 82, 79)], (0, 1))
    told = order_sentences(alike.reliability, "en")
    assert told[0].startswith("Their order would be too much chance (reliability 0.")
    assert all(unit.rank is None for unit in alike.units)


def test_a_reliability_just_below_enough_never_reads_as_enough() -> None:
    made = unit_means([[100 - good, good] for good in GOOD], (0, 1)).reliability
    nearly = type(made)(made.per_unit, reliability=0.6999, n_for_target=120)
    assert "reliability 0.69" in order_sentences(nearly, "en")[0]
    assert "about 120 answers" in order_sentences(nearly, "en")[1]


def test_places_are_a_range() -> None:
    assert places_text(Rank(3, 2, 9), "en") == "2 to 9"
    assert places_text(Rank(1, 1, 1), "en") == "1"
    assert places_text(None, "en") == ""


@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_everything_is_said_in_every_language(locale: str) -> None:
    many = funnel([*GOOD * 5, *[20] * 12], [100] * 72)
    assert flag_sentences(corrected_flags(many), LABELS * 6, many, locale)
    for reason in (None, Reason.ONE_GROUP, Reason.NO_SPREAD, Reason.NO_ANSWERS):
        assert missing_sentence(reason, locale)
