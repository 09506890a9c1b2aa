"""The optional embedding: what it may say beside the rules. The model itself is asked where it is installed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from analysis.sentiment import Label, Sentiment, classify, embedding
from analysis.sentiment.blend import with_embedding
from analysis.sentiment.embedding import Vectors
from analysis.sentiment.score import by_rules

HEARD = {
    "negative": (0.9, 0.05, 0.05),
    "neutral": (0.1, 0.8, 0.1),
    "positive": (0.05, 0.05, 0.9),
    "unsure": (0.35, 0.3, 0.35),
}


def blended(
    monkeypatch: pytest.MonkeyPatch, text: str, heard: str, purpose: str | None = None
) -> tuple[Sentiment, Sentiment]:
    """By the rules alone, and with an embedding that hears this."""

    def odds(found: Vectors) -> Vectors:
        return np.array([HEARD[heard]] * len(found), dtype=np.float32)

    def vectors(texts: Sequence[str]) -> Vectors:
        return np.zeros((len(texts), 512), dtype=np.float32)

    monkeypatch.setattr(embedding, "vectors", vectors)
    monkeypatch.setattr(embedding, "probabilities", odds)
    alone = by_rules(text, purpose=purpose or "open")
    return alone, with_embedding([alone], [text], [purpose])[0]


def test_rules_that_are_sure_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    alone, both = blended(monkeypatch, "Excellent, wonderful, very kind nurses!", "negative")
    assert both == alone


def test_a_faint_score_follows_what_both_say_and_the_method_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    alone, both = blended(monkeypatch, "It was clean", "negative")
    assert alone.label is Label.POSITIVE
    assert both.score < alone.score
    assert blended(monkeypatch, "I attended for a blood test", "negative")[1].label is Label.NEGATIVE
    assert both.method == f"{alone.method}+use"


def test_no_content_and_other_languages_are_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("N/A", "พยาบาลใจดีมาก"):
        alone, both = blended(monkeypatch, text, "positive")
        assert both == alone


@pytest.mark.parametrize(("heard", "label"), [("positive", Label.POSITIVE), ("unsure", Label.UNDECIDED)])
def test_where_the_rules_know_nothing_the_embedding_speaks_only_when_sure(
    monkeypatch: pytest.MonkeyPatch, heard: str, label: Label
) -> None:
    long = "I went in at nine, saw the clerk at the desk, was sent to the second floor and then back to the first one"
    alone, both = blended(monkeypatch, long, heard)
    assert alone.label is Label.UNDECIDED
    assert both.label is label


def test_it_hears_no_praise_in_what_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    _, both = blended(monkeypatch, "More friendly staff", "positive", "improve")
    assert both.score < 0


def test_many_texts_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    blended(monkeypatch, "ok", "neutral")
    texts = ["N/A", "They answered", "Excellent, wonderful, very kind nurses!"]
    found = with_embedding([by_rules(text) for text in texts], texts, [None] * 3)
    assert [one.method for one in found] == ["none", "vader+service+use", "vader+service"]


def test_the_model_gives_unit_vectors_that_know_both_languages() -> None:
    if not embedding.available():
        pytest.skip("the extra `embed` is not installed")
    english, chinese, other = embedding.vectors(["The nurse was kind", "护士很亲切", "The invoice is wrong"])
    assert np.allclose([v @ v for v in (english, chinese, other)], 1, atol=1e-3)
    assert english @ chinese > english @ other + 0.2
    assert classify(["It took a while until they answered"])[0].method == "vader+service+use"


def test_the_head_knows_three_classes_of_vectors_of_the_model() -> None:
    found = embedding.probabilities(np.eye(512, dtype=np.float32)[:5])
    assert found.shape == (5, 3)
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)
