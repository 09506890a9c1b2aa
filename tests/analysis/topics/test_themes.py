"""New themes: what no topic covers and more comments say than before."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.topics import NewThemes, OwnTerms, TopicError, new_themes, read
from analysis.topics.terms import parse

PLAIN = [
    "All went well",
    "Nice doctor",
    "It was fine, really",
    "Too noisy at night",
    "The wait was long",
] * 20
PLAIN_ZH = ["一切顺利", "医生很好", "晚上太吵", "等太久了", "还可以吧"] * 20


def phrases(found: NewThemes) -> list[str]:
    return [theme.phrase for theme in found.themes]


@pytest.mark.parametrize(
    ("said", "plain", "phrase", "written"),
    [
        ("The ticket kiosk was jammed", PLAIN, "ticket kiosk was jammed", "ticket kiosk was jammed"),
        ("The Zumba is gone.", PLAIN, "zumba", "Zumba"),
        ("闸机又坏", PLAIN_ZH, "闸机", "闸机"),
        ("閘機又壞", PLAIN_ZH, "闸机", "閘機"),
    ],
)
def test_a_phrase_that_comes_up_is_offered_as_it_was_written(
    said: str, plain: list[str], phrase: str, written: str
) -> None:
    found = new_themes([*plain, *[said] * 12], plain)
    theme = found.themes[0]
    assert (theme.phrase, theme.written, theme.count, theme.count_before) == (phrase, written, 12, 0)
    assert (theme.share, theme.share_before) == (12 / 112, 0.0)
    assert theme.p <= theme.p_adjusted <= 0.05
    assert theme.places == tuple(range(100, 112))


@pytest.mark.parametrize(
    "said", ["The 10:30 minibus, gone", "100% cotton towels gone", "x" * 40 + " " + "y" * 40]
)
def test_every_theme_can_be_handed_back_as_a_term(said: str) -> None:
    found = phrases(new_themes([*PLAIN, *[said] * 12], PLAIN))
    assert found
    assert all(parse(phrase) for phrase in found)


def test_what_a_topic_covers_is_no_new_theme() -> None:
    assert phrases(new_themes([*PLAIN, *["We waited in the queue"] * 20], PLAIN)) == []


def test_words_that_name_nothing_are_no_theme() -> None:
    assert phrases(new_themes([*PLAIN_ZH, *["大家"] * 20], PLAIN_ZH)) == []


def test_an_opinion_is_no_theme() -> None:
    assert phrases(new_themes([*PLAIN, *["Absolutely dreadful"] * 20], PLAIN)) == []


def test_a_theme_taken_over_as_an_own_term_is_not_offered_again() -> None:
    now = [*PLAIN, *["The ticket kiosk was jammed"] * 12]
    own = (OwnTerms("kiosk", (phrases(new_themes(now, PLAIN))[0],)),)
    assert read(now[-1:], extra=own)[0].topics[0].topic == "kiosk"
    assert phrases(new_themes(now, PLAIN, extra=own)) == []


@pytest.mark.parametrize(("now", "before"), [(12, 12), (0, 12), (12, 30)])
def test_a_phrase_that_stays_or_falls_is_not_offered(now: int, before: int) -> None:
    said = "The ticket kiosk was jammed"
    assert phrases(new_themes([*PLAIN, *[said] * now], [*PLAIN, *[said] * before])) == []


def test_a_comment_counts_once_however_often_it_says_a_phrase() -> None:
    assert phrases(new_themes([*PLAIN, "zumba, zumba! " * 50], PLAIN)) == []


def test_a_few_comments_are_not_enough() -> None:
    assert phrases(new_themes([*PLAIN, *["The zumba is gone"] * 4], PLAIN)) == []


def test_chance_alone_offers_next_to_nothing() -> None:
    letters = random.Random(7)
    words = ["".join(letters.choices("bcdfglmnprstvz", k=6)) for _ in range(60)]
    offered = 0
    for _ in range(20):
        comments = [" ".join(letters.choices(words, k=6)) for _ in range(300)]
        offered += bool(new_themes(comments[:150], comments[150:]).themes)
    assert offered <= 3  # 5 % of 20 runs is 1; more than 3 has a chance of 1.6 %


@pytest.mark.parametrize(
    ("now", "before"), [([], []), (["zumba"] * 9, []), ([], ["zumba"] * 9), (["zumba"], ["N/A"])]
)
def test_without_comments_in_both_periods_nothing_is_tested(now: list[str], before: list[str]) -> None:
    found = new_themes(now, before)
    assert (found.themes, found.tested) == ((), 0)


def test_comments_without_content_do_not_count() -> None:
    assert (
        new_themes(["N/A", "fine"], ["无", "", "ok"]).n,
        new_themes(["N/A", "fine"], ["good"]).n_before,
    ) == (1, 1)


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(ValueError, match="one comment"):
        new_themes([], [], least=1)
    with pytest.raises(TopicError):
        new_themes([], [], sector="zoo")


@settings(max_examples=60)
@given(st.lists(st.text(st.characters(exclude_categories=[]), max_size=20), max_size=6), st.integers(2, 9))
def test_any_strings_give_themes_that_stand_in_their_examples(pieces: list[str], times: int) -> None:
    now = [piece + " zumba İ 吸管" for piece in pieces] * times
    found = new_themes(now, PLAIN[:20], least=2)
    for theme in found.themes:
        assert theme.count == round(theme.share * found.n)
        assert theme.share > theme.share_before
        assert theme.written in now[theme.places[0]]
        assert parse(theme.phrase)


def test_long_comments_are_compared_in_reasonable_time() -> None:
    begun = time.process_time()
    new_themes(["zumba 吸管坏掉 xyz " * 10_000] * 4, ["吸管" * 50_000] * 4)
    assert time.process_time() - begun < 3
