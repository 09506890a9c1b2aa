"""The control chart in words says what was seen and never more."""

from __future__ import annotations

import pytest

from analysis.statistics.control_charts import ControlChart, mean_charts, share_charts
from analysis.statistics.control_charts.signals import Rule, Side
from analysis.wording import LANGUAGES
from analysis.wording.control import control_sentences, control_title, moving_sentences, point_text
from analysis.wording.languages import phrase

STEADY = [28, 30, 27, 29, 31, 26, 28, 30, 29, 27, 28, 31, 29, 28, 30, 27, 29]
LABELS = [f"W{at}" for at in range(40)]


def chart(good: list[int]) -> ControlChart:
    return share_charts(good, [40] * len(good), (0, 11))[0]


def test_a_steady_series_is_the_usual_up_and_down() -> None:
    (told,) = control_sentences(chart(STEADY), LABELS, "week", "en")
    assert (
        told
        == "The 17 weeks from W0 to W16 stay within the limits and make no pattern: the usual up and down."
    )
    assert control_title(chart(STEADY), LABELS, "en") == "Steady: the usual up and down"


def test_a_lasting_shift_says_how_long_and_since_when() -> None:
    shifted = chart([*STEADY[:14], *[38, 39, 38, 37, 39, 38, 39, 38]])
    told = control_sentences(shifted, LABELS, "month", "en")[0]
    assert told.startswith("8 months in a row above the centre line: something probably changed about W14.")
    assert control_title(shifted, LABELS, "en") == "Probably higher since about W14"


def test_a_single_point_outside_is_not_called_a_change() -> None:
    once = chart([*STEADY[:14], 14, *STEADY[14:]])
    assert control_sentences(once, LABELS, "week", "en")[0].startswith("W14 lies below the lower limit: ask")
    assert control_title(once, LABELS, "en") == "One unusual point: W14"
    assert point_text(once, 14, "en") == "below the lower limit"
    assert point_text(once, 3, "en") == ""


def test_too_few_points_say_what_to_do() -> None:
    few = share_charts([30] * 5, [40] * 5)[0]
    (told,) = control_sentences(few, LABELS, "week", "en")
    assert told.startswith("Limits need 12 weeks that can be shown, and there are 5 weeks.")


@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_every_rule_and_side_has_its_words(locale: str) -> None:
    names = {Rule.BEYOND: ("beyond", "beyond_many"), Rule.RUN: ("run",), Rule.TREND: ("trend",)}
    for rule in Rule:
        for name in names.get(rule, (rule.value,)):
            for side in Side:
                assert phrase(locale, f"control_{name}_{side}", periods="8", first="a", last="b")


@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_averages_are_told_in_every_language(locale: str) -> None:
    values = [4.0 + (at % 3) / 10 for at in range(14)] + [4.6] * 8
    (made,) = mean_charts(values, (0, 11))
    assert control_sentences(made, LABELS, "day", locale)
    assert len(moving_sentences(made, LABELS, locale)) == 2
