"""How much of the marked sentences is found: all letters and digits of a marked stretch, under whatever kind."""

import pytest

from analysis.masking import mask
from tests.analysis.marked import sentences

LANGUAGES = ("zh", "en")
RECALL, PRECISION, KIND = 0.95, 0.9, 0.93


def measured(language: str) -> tuple[float, float, float]:
    """Recall, precision, and the share of marked stretches that were found as what they are."""
    marked = hidden = named = found = right = 0
    for text, gold in sentences(language):
        spans = mask(text).spans
        for start, end, kind in gold:
            over = [span for span in spans if span.start < end and start < span.end]
            whole = all(
                any(s.start <= i < s.end for s in over) for i in range(start, end) if text[i].isalnum()
            )
            marked, hidden = marked + 1, hidden + whole
            named += whole and any(span.kind == kind for span in over)
        found += len(spans)
        right += sum(any(s.start < end and start < s.end for start, end, _kind in gold) for s in spans)
    return hidden / marked, right / found, named / marked


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_set_is_large_enough(language):
    rows = sentences(language)

    assert len(rows) >= 200
    assert sum(bool(gold) for _text, gold in rows) >= 150
    assert sum(not gold for _text, gold in rows) >= 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_everything_that_names_somebody_is_hidden(language):
    recall, _precision, kind = measured(language)

    assert recall >= RECALL
    assert kind >= KIND


@pytest.mark.parametrize("language", LANGUAGES)
def test_little_else_is_hidden(language):
    assert measured(language)[1] >= PRECISION
