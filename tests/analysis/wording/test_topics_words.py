"""What is said of topics: numbers as they are, verdicts as they are, in three languages."""

from __future__ import annotations

import pytest

from analysis.statistics.topic_scores import topic_scores
from analysis.statistics.topic_shares import Mentioned, Mentions, topic_shares
from analysis.statistics.topic_units import Standing
from analysis.summary import what_matters
from analysis.types import Reason, Unit
from analysis.wording import LANGUAGES
from analysis.wording.topics import (
    changes_told,
    costs_told,
    matter_told,
    shares_told,
    units_told,
    without_told,
)
from tests.analysis.statistics.strategies import FIVE

LABELS = {"waiting": "Waiting", "attitude": "Staff attitude", "food": "Food"}
NOW = Mentioned(400, {"waiting": Mentions(80), "attitude": Mentions(4, 2, 120), "food": Mentions(3)})
BASE = Mentioned(400, {"waiting": Mentions(40), "attitude": Mentions(4, 2, 118), "food": Mentions(3)})


def _row(*counts: int) -> dict[str, int]:
    return dict(zip(FIVE.values, counts, strict=True))


def test_shares_are_told_with_their_base() -> None:
    told = shares_told(topic_shares(NOW), LABELS, "en")
    assert told.title == "Most complained of: Waiting"
    assert told.sentences[0] == (
        "Most complained of: Waiting, in 80 of 400 comments (20.0%, probably 16.4% to 24.2%)."
    )
    assert told.sentences[1].startswith("Most praised: Staff attitude, in 120 of 400 comments (30.0%")


def test_a_change_is_told_with_both_shares_and_the_comparisons() -> None:
    told = changes_told(topic_shares(NOW, BASE), LABELS, "en")
    assert told.title == "Changed since the period before: Waiting"
    assert told.sentences[0].startswith(
        "Waiting: complaints rose from 10.0% to 20.0% of the comments. Likely real"
    )
    assert told.sentences[1] == "This allows for 6 comparisons: the complaints and the praise of every topic."


def test_no_change_and_nothing_before_are_told_apart() -> None:
    assert changes_told(topic_shares(NOW, NOW), LABELS, "en").title == "No topic changed by more than chance"
    none = changes_told(topic_shares(NOW, why_no_base=Reason.SUPPRESSED), LABELS, "en")
    assert none.title == "Nothing to compare with yet"


def test_costs_say_both_sides_and_that_it_need_not_be_the_cause() -> None:
    scores = topic_scores(_row(20, 10, 10, 60, 50), {"waiting": _row(14, 4, 2, 6, 4)}, "csat", FIVE, least=10)
    told = costs_told(scores, LABELS, Unit.PERCENT, "en")
    assert told.title == "What costs most: Waiting"
    assert told.sentences[0].startswith(
        "Those who mention Waiting (30 answers) come to 33.3%, all others to 83.3%. That lowers the whole by 10.0 points"
    )
    assert "need not be cause" in told.sentences[-1]
    alike = topic_scores(_row(10, 10, 10, 60, 60), {"waiting": _row(2, 2, 2, 12, 12)}, "csat", FIVE, least=10)
    assert costs_told(alike, LABELS, Unit.PERCENT, "en").title == "No topic goes with lower ratings for sure"


def test_units_that_stand_out_are_named_with_the_comparisons() -> None:
    found = (Standing("3", "waiting", 0.35, 0.1, 0.001), Standing("4", "food", 0.01, 0.1, 0.01))
    told = units_told(found, 88, {"3": "Ward 3", "4": "Ward 4"}, LABELS, "en")
    assert told == [
        "Ward 3, Waiting: 35.0% of the comments complain of it, 10.0% elsewhere.",
        "Ward 4, Food: only 1.0% of the comments complain of it, 10.0% elsewhere.",
        "Named is what differs by more than chance explains, allowing for 88 comparisons.",
    ]
    assert units_told((), 88, {}, LABELS, "en") == [
        "No unit stands out for a topic by more than chance, allowing for 88 comparisons."
    ]


@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_every_language_tells_everything(locale: str) -> None:
    matters = what_matters(topic_shares(NOW, BASE))
    said = [matter_told(one, LABELS, locale) for one in matters]
    assert len(said) == 2
    assert all("{" not in one and one for one in [*said, without_told(3, 40, locale)])
    assert without_told(0, 0, locale) == ""
