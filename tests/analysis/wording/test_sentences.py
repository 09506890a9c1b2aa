from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import (
    METRICS,
    SENTIMENTS,
    ces,
    csat,
    difference,
    estimate,
    hide,
    mean,
    mean_100,
    nps,
    response_rate,
    sentiment_balance,
)
from analysis.types import Distribution, Estimate, Group, Reason
from analysis.wording import (
    LANGUAGES,
    change_sentence,
    estimate_sentence,
    figure,
    group_sentence,
    interval,
    question_sentences,
    trend_sentence,
)
from tests.analysis.statistics.strategies import FIVE, METRIC_SCALES, SEVEN, TEN, distributions

NOW = Distribution({"1": 3, "2": 7, "3": 22, "4": 81, "5": 87})
THEN = Distribution({"1": 9, "2": 17, "3": 42, "4": 81, "5": 57})


def group(label: str, distribution: Distribution) -> Group:
    return Group(label, label, csat(distribution, FIVE))


@pytest.mark.parametrize(
    ("figured", "sentence"),
    [
        (
            csat(NOW, FIVE),
            "84 of 100 were satisfied; the true figure is probably between 78 and 88 (200 answers).",
        ),
        (
            nps(Distribution({"10": 60, "8": 27, "1": 13}), TEN),
            "The recommendation score is +47 on a scale from −100 to +100; "
            "the true figure is probably between +32 and +59 (100 answers).",
        ),
        (
            mean(NOW, FIVE),
            "The average is 4.2 on a scale from 1 to 5; the true figure is probably between 4.1 and 4.3 (200 answers).",
        ),
        (
            mean_100(NOW, FIVE),
            "The score is 80 out of 100 on average; the true figure is probably between 77 and 83 (200 answers).",
        ),
        (
            response_rate(37, 100),
            "37 of 100 invitations were answered; the true figure is probably between 28 and 47 (100 invitations).",
        ),
        (
            mean(Distribution({"5": 1}), FIVE),
            "The average is 5.0 on a scale from 1 to 5; a single answer says little about the others.",
        ),
        (
            mean(Distribution({"5": 4}), FIVE),
            "The average is 5.0 on a scale from 1 to 5; everybody gave the same answer (4 answers).",
        ),
        (csat(Distribution({}), FIVE), "No answers yet."),
    ],
)
def test_a_figure_reads_as_a_plain_sentence(figured: Estimate, sentence: str) -> None:
    assert estimate_sentence(figured, "en") == sentence


@pytest.mark.parametrize(
    ("positive", "negative", "words"),
    [
        (64, 20, "More comments are positive"),
        (20, 64, "More comments are negative"),
        (5, 4, "do not clearly lean"),
    ],
)
def test_the_tone_of_comments_is_said_only_when_it_is_known(positive: int, negative: int, words: str) -> None:
    counts = Distribution({"positive": positive, "neutral": 21, "negative": negative})
    assert words in estimate_sentence(sentiment_balance(counts, SENTIMENTS), "en")


def test_nearly_all_is_not_called_all() -> None:
    nearly = estimate_sentence(csat(Distribution({"5": 999, "1": 2}), FIVE), "en")
    assert nearly.startswith("More than 99 of 100 were satisfied")
    hardly = estimate_sentence(csat(Distribution({"5": 2, "1": 999}), FIVE), "zh_Hans")
    assert hardly.startswith("每 100 人中有不到 1 人满意")
    assert "100 of 100" in estimate_sentence(csat(Distribution({"5": 999}), FIVE), "en")


def test_an_interval_is_not_said_to_reach_beyond_the_scale() -> None:
    small = mean(Distribution({"5": 2, "4": 1}), FIVE)
    assert small.high is not None and small.high > 5
    assert "and 5.0 (3 answers)" in estimate_sentence(small, "en")
    assert interval(small, "en").endswith("5.00")
    effort = ces(Distribution({"7": 2, "6": 1}), SEVEN)
    assert interval(effort, "zh_Hans").endswith("7.00")


@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_a_hidden_figure_says_only_the_threshold(locale: str) -> None:
    hidden = hide(group("ward", Distribution({"5": 7}))).estimate
    sentence = estimate_sentence(hidden, locale, threshold=10)
    assert re.findall(r"\d+", sentence) == ["10"]
    assert (figure(hidden, locale), interval(hidden, locale)) == ("–", "–")


def test_figures_are_written_in_their_unit() -> None:
    assert figure(csat(NOW, FIVE), "en") == "84.0%"
    assert figure(mean(NOW, FIVE), "en") == "4.21"
    assert figure(nps(Distribution({"0": 3, "10": 1}), TEN), "en") == "−50"
    assert figure(nps(Distribution({"0": 1, "10": 1}), TEN), "en") == "0"
    assert interval(csat(NOW, FIVE), "en") == "78.3% to 88.4%"


def test_a_change_is_told_by_its_verdict() -> None:
    assert (
        change_sentence(difference(NOW, THEN, "csat", FIVE), "en")
        == "17 points better than before: likely real, probably between 9 and 25 points."
    )
    assert (
        change_sentence(difference(THEN, NOW, "csat", FIVE), "en", "overall")
        == "17 points worse than the overall figure: likely real, probably between 9 and 25 points."
    )
    assert (
        change_sentence(difference(NOW, NOW, "csat", FIVE), "en")
        == "No difference from before, but we cannot tell: anything between 7 points worse and 7 points better."
    )
    assert change_sentence(difference(NOW, None, "csat", FIVE), "en").startswith("No baseline")
    many = Distribution({key: 30 * count for key, count in NOW.counts.items()})
    assert (
        change_sentence(difference(many, many, "csat", FIVE), "en")
        == "Likely no important difference from before: between 1 point worse and 1 point better."
    )


def test_a_real_difference_is_never_written_as_zero() -> None:
    small = Distribution({"1": 1_000_000, "5": 9_030_000})
    smaller = Distribution({"1": 1_000_000, "5": 9_000_000})
    sentence = change_sentence(difference(small, smaller, "csat", FIVE), "en")
    assert (
        sentence
        == "0.03 points better than before: likely real, probably between just above 0 and 0.06 points."
    )


def test_a_plain_mean_is_higher_and_not_better() -> None:
    assert "higher than before" in change_sentence(difference(NOW, THEN, "mean", FIVE), "en")


@given(st.sampled_from(sorted(METRICS)), st.sampled_from(sorted(LANGUAGES)), st.data())
def test_every_change_and_figure_has_a_sentence(name: str, locale: str, data: st.DataObject) -> None:
    scale = METRIC_SCALES[name]
    current, base = data.draw(distributions(scale, 30)), data.draw(distributions(scale, 30))
    for text in (
        estimate_sentence(estimate(name, current, scale), locale),
        change_sentence(difference(current, base, name, scale), locale),
    ):
        assert text
        assert not re.search(r"nan|None|[{}]", text)


@pytest.mark.parametrize("locale", list(LANGUAGES))
@pytest.mark.parametrize("reason", list(Reason))
def test_every_missing_change_says_why(locale: str, reason: Reason) -> None:
    comparison = replace(difference(NOW, None, "csat", FIVE), reason=reason)
    assert change_sentence(comparison, locale)


def test_the_trend_compares_the_first_and_the_last_period_shown() -> None:
    periods = [
        group("May", THEN),
        hide(group("June", NOW)),
        group("July", NOW),
        group("August", Distribution({})),
    ]
    assert (
        trend_sentence(periods, "en")
        == "May: 67.0%; July: 84.0%. 17 points better than in the first period: likely real, probably between 9 and 25 points."
    )
    assert trend_sentence(periods[:2], "en") == "There are not yet two periods to compare."


def test_the_highest_and_the_lowest_come_with_their_intervals_and_a_verdict() -> None:
    near = Distribution({key: count + 1 for key, count in NOW.counts.items()})
    assert "order may be chance" in group_sentence([group("A", NOW), group("B", near)], "en")
    apart = group_sentence([group("A", NOW), group("B", THEN), hide(group("C", NOW))], "en")
    assert apart == (
        "Highest: A, 84.0% (probably 78.3% to 88.4%; 200 answers). "
        "Lowest: B, 67.0% (probably 60.3% to 73.0%; 206 answers). "
        "The difference between these two is likely real. 1 group is not shown: too few answers."
    )


def test_the_same_two_among_many_are_no_longer_sure() -> None:
    five_apart = Distribution({"1": 25, "5": 175})
    lower = Distribution({"1": 42, "5": 158})
    middle = Distribution({"1": 33, "5": 167})
    assert "likely real" in group_sentence([group("A", five_apart), group("B", lower)], "en")
    crowd = [group(f"M{number}", middle) for number in range(30)]
    assert "may be chance" in group_sentence([group("A", five_apart), *crowd, group("B", lower)], "en")


def test_groups_that_cannot_be_shown_are_not_named() -> None:
    assert group_sentence([hide(group("A", NOW))], "en") == "No group has enough answers to be shown."
    assert group_sentence([group("A", NOW), hide(group("B", NOW))], "en").startswith(
        "Only one group can be shown: A"
    )


def test_the_best_and_the_worst_question_are_told_with_a_caveat_where_needed() -> None:
    best, worst = question_sentences([group("Food", THEN), group("Care", NOW)], "en")
    assert best.startswith("Best rated: Care, 84.0%")
    assert worst.startswith("Rated lowest: Food, 67.0%")
    assert len(question_sentences([group("Food", NOW), group("Care", NOW)], "en")) == 3
    assert len(question_sentences([group("Food", NOW)], "en")) == 1
    assert question_sentences([], "en") == ("No question has enough answers to be shown.",)
