"""The word lists themselves: readable, in one script, each term once."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest

from analysis.sentiment.script import simplified
from analysis.sentiment.tables import rows, vader

LISTS = sorted(
    entry.name.removesuffix(".csv") for entry in files("analysis.sentiment").joinpath("lexicon").iterdir()
)
CHINESE = [name for name in LISTS if name.startswith("zh_")]
RULES = [name for name in LISTS if name.endswith("_rules")]


def terms(name: str) -> list[str]:
    lead = 2 if name in RULES else 0 if name == "no_content" else 1
    return [term for row in rows(name) for term in row[lead:]]


@pytest.mark.parametrize("name", LISTS)
def test_each_term_stands_once_in_its_list_and_has_something_to_match(name: str) -> None:
    found = terms(name)
    assert found
    assert [term for term, n in Counter(found).items() if n > 1] == []
    assert all(term and term == term.strip() for term in found)


@pytest.mark.parametrize(
    "name", [name for name in LISTS if name not in {*RULES, "no_content", "small_words"}]
)
def test_every_weight_lies_on_vaders_scale(name: str) -> None:
    assert all(-4 <= float(row[0]) <= 4 for row in rows(name))


def test_no_chinese_term_stands_in_two_lists() -> None:
    found = Counter(term for name in CHINESE for term in terms(name))
    assert [term for term, n in found.items() if n > 1] == []


@pytest.mark.parametrize("name", [*CHINESE, "no_content"])
def test_chinese_terms_are_written_simplified_for_they_are_matched_so(name: str) -> None:
    assert [term for term in terms(name) if simplified(term) != term] == []


@pytest.mark.parametrize("name", ["en_service", "en_phrases", "en_rules"])
def test_english_terms_are_lower_case_with_not_spelled_out(name: str) -> None:
    assert [term for term in terms(name) if term != term.lower() or "n't" in term or "cannot" in term] == []


def test_vaders_lexicon_comes_whole_out_of_its_package() -> None:
    lexicon = vader()
    assert len(lexicon) > 7_000
    assert lexicon["good"] > 0 > lexicon["bad"]
