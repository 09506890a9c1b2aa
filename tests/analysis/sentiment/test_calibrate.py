"""Learning from labels given by people: what goes in, what must come out, and what a model may never do."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.sentiment import Label, bootstrap, calibrated, classify, evaluate, ngrams
from analysis.sentiment.calibrate import Labelled, Outcome, calibrate, folds, learned
from analysis.sentiment.calibrated import CLASSES, Broken, Calibrated, from_bytes, to_bytes
from analysis.sentiment.gate import LEAST

HOUSE_WORDS = {  # words of one house, which no list has
    Label.NEGATIVE: "the zorbit was glommed",
    Label.NEUTRAL: "the zorbit was plinthed",
    Label.POSITIVE: "the zorbit was snerfled",
}


def labels(n: int) -> list[Labelled]:
    said = list(HOUSE_WORDS)
    return [
        Labelled(
            f"{HOUSE_WORDS[said[i % 3]]} near desk {'abcdefghij'[i % 7]} {'klmnopqrst'[i % 10]}", said[i % 3]
        )
        for i in range(n)
    ]


def by_rules(rows: list[Labelled]) -> list[Label]:
    return [one.label for one in classify([row.text for row in rows])]


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return calibrate(labels(240), [], "en", 1, by_rules(labels(240)))


@pytest.fixture(scope="module")
def model(outcome: Outcome) -> Calibrated:
    assert outcome.model is not None
    return outcome.model


def test_the_words_of_a_house_are_learned_and_beat_the_rules(outcome: Outcome) -> None:
    assert outcome.better
    assert outcome.f1 is not None and outcome.gain is not None
    assert outcome.f1.value > 0.95
    assert outcome.gain.low > 0.3


def test_who_gains_nothing_is_refused_with_the_reason(outcome: Outcome) -> None:
    rows = labels(240)
    same = calibrate(rows, [], "en", 2, [row.label for row in rows])
    assert (same.problem, same.better) == ("no_gain", False)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (labels(LEAST - 1), "few"),
        ([replace(row, label=Label.POSITIVE) for row in labels(LEAST)], "few_of_class"),
        ([], "few"),
    ],
)
def test_too_few_labels_teach_nothing(rows: list[Labelled], problem: str) -> None:
    found = calibrate(rows, [], "en", 1, by_rules(rows))
    assert (found.problem, found.model) == (problem, None)


def test_a_model_is_compared_only_where_the_live_one_has_not_learned() -> None:
    rows = labels(240)
    found = calibrate(rows, [], "en", 2, by_rules(rows), unseen=[place < 20 for place in range(240)])
    assert (found.problem, found.compared) == ("few_unseen", 20)


def test_a_stored_model_says_the_same(model: Calibrated) -> None:
    stored = to_bytes(model)
    again = from_bytes(stored, calibrated.checksum(stored))
    texts = [*HOUSE_WORDS.values(), "snerfled!", ""]
    assert [one.label for one in classify(texts, models={"en": again})] == [
        one.label for one in classify(texts, models={"en": model})
    ]


@pytest.mark.parametrize(
    "spoil", [lambda b: b[:-40], lambda b: b"", lambda b: b"\x80\x04" + b, lambda b: b[: len(b) // 2]]
)
def test_spoiled_bytes_are_told_from_a_model(model: Calibrated, spoil) -> None:  # type: ignore[no-untyped-def]
    good = to_bytes(model)
    bad = spoil(good)
    for wanted in (calibrated.checksum(good), calibrated.checksum(bad)):
        with pytest.raises(Broken):
            from_bytes(bad, wanted)


def test_parts_that_do_not_fit_are_no_model(model: Calibrated) -> None:
    bad = to_bytes(replace(model, chars=model.chars[:-1]))
    with pytest.raises(Broken):
        from_bytes(bad, calibrated.checksum(bad))


def test_it_judges_its_own_language_and_leaves_nothing_said_alone(model: Calibrated) -> None:
    found = classify(["the zorbit was snerfled", "N/A", "护士很好", "ขอบคุณมาก"], models={"en": model})
    assert [one.method.partition("+")[0] for one in found] == ["calibrated", "none", "zh-rules", "none"]
    assert [one.label for one in found] == ["positive", "no_content", "positive", "undecided"]
    assert found[0].version == "en1"


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_is_judged_and_score_and_label_agree(model: Calibrated, text: str) -> None:
    (found,) = classify([text], models={"en": model, "zh": replace(model, language="zh")})
    assert -1 <= found.score <= 1
    sides = {"negative": found.score <= -0.05, "positive": found.score >= 0.05}
    assert sides.get(found.label, abs(found.score) < 0.05)


def test_the_same_labels_make_the_same_model(model: Calibrated) -> None:
    again, _ = learned(labels(240), [], "en", 1, CLASSES)
    assert np.array_equal(again.chars, model.chars)


def _slowly(text: str, language: str) -> int:
    """Different n-grams of a text, by hand."""
    small, large = ngrams.SIZES[language]
    said = ngrams.plain(text)
    grams = {said[i : i + n] for n in range(small, large + 1) for i in range(len(said) - n + 1)}
    return len({gram for gram in grams if language == "zh" or " " not in gram[1:-1]})


@pytest.mark.parametrize(
    ("text", "language"), [("Rude staff, long wait", "en"), ("護士很好，等太久", "zh"), ("", "en")]
)
def test_n_grams_are_counted_as_by_hand_and_alone_as_among_others(text: str, language: str) -> None:
    alone = ngrams.counts([text], language)
    among = ngrams.counts(["before it", text, "x" * 50], language)
    assert len(alone.bucket) == _slowly(text, language)
    assert alone.bucket.tolist() == among.bucket[among.row == 1].tolist()


def test_both_scripts_have_the_same_n_grams() -> None:
    assert (
        ngrams.counts(["護士態度"], "zh").bucket.tolist() == ngrams.counts(["护士态度"], "zh").bucket.tolist()
    )


def test_equal_texts_are_in_one_fold_and_folds_are_even() -> None:
    texts = [f"text {i % 50}" for i in range(100)]
    found = folds(texts, [i % 2 for i in range(100)])
    assert all(found[i] == found[i + 50] for i in range(50))
    sizes = np.bincount(found)
    assert max(sizes) - min(sizes) <= 4


def test_the_drawn_f1_is_the_counted_one_and_lies_in_its_interval() -> None:
    gold, found = (
        ["negative", "neutral", "positive"] * 30,
        ["negative", "positive", "positive"] * 29 + ["undecided"] * 3,
    )
    drawn = bootstrap.macro_f1(gold, found, CLASSES)
    assert drawn.value == pytest.approx(evaluate.macro_f1(gold, found, [str(c) for c in CLASSES]))
    assert drawn.low <= drawn.value <= drawn.high
    assert all(a <= b for a, b in pairwise((drawn.low, drawn.value, drawn.high)))


def test_a_reader_differs_from_itself_by_nothing() -> None:
    gold = ["negative", "neutral", "positive"] * 20
    found = bootstrap.difference(gold, gold[::-1], gold[::-1], CLASSES)
    assert (found.value, found.low, found.high) == (0, 0, 0)


def test_reading_needs_no_scikit_learn() -> None:
    asked = "import sys, analysis.sentiment as s; s.classify(['Good']); sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
