"""The lists themselves: readable, known topics only, each term once, every sub-topic in use and named."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest

from analysis.sentiment.script import simplified
from analysis.topics import SECTORS, TOPICS, subtopics
from analysis.topics.lexicon import rows
from analysis.topics.terms import parse

LISTS = sorted(
    entry.name.removesuffix(".csv")
    for entry in files("analysis.topics").joinpath("lists").iterdir()
    if entry.name.startswith(("en_", "zh_"))
)


def test_every_sector_has_a_list_in_both_languages() -> None:
    assert set(LISTS) == {f"{language}_{name}" for language in ("en", "zh") for name in ("general", *SECTORS)}


@pytest.mark.parametrize("name", LISTS)
def test_a_term_stands_once_under_its_topic_and_can_be_matched(name: str) -> None:
    found = Counter((key and key[0], term) for key, terms in rows(name) for term in terms)
    assert [term for term, n in found.items() if n > 1] == []
    assert all(
        parse(term).chinese == name.startswith("zh_") or not term.isalpha() or term.isascii()
        for _, term in found
    )


@pytest.mark.parametrize("name", LISTS)
def test_lists_name_only_known_topics_and_sub_topics(name: str) -> None:
    keys = {key for key, _ in rows(name) if key}
    assert [key for key in keys if key[0] not in TOPICS or key[1] not in TOPICS[key[0]].subtopics] == []


def test_every_sub_topic_has_terms_in_both_languages() -> None:
    for language in ("en", "zh"):
        used = {key for name in LISTS if name.startswith(language) for key, _ in rows(name) if key}
        assert {(t.code, part) for t in TOPICS.values() for part in t.subtopics} - used == set()


@pytest.mark.parametrize("name", [name for name in LISTS if name.startswith("zh_")])
def test_chinese_terms_are_written_simplified_for_they_are_matched_so(name: str) -> None:
    assert [term for _, terms in rows(name) for term in terms if simplified(term) != term] == []


@pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))
def test_names_are_there_in_three_languages(topic: object) -> None:
    for names in (topic.names, *topic.subtopics.values()):  # type: ignore[attr-defined]
        assert set(names) == {"zh_Hans", "zh_Hant", "en"}
        assert simplified(names["zh_Hans"]) == names["zh_Hans"]
        assert all(names.values())


def test_a_sector_has_its_own_sub_topics_beside_the_general_ones() -> None:
    assert "outage" in subtopics("power")["reliability"]
    assert subtopics("hospital")["reliability"] == ()
    assert "discharge" in subtopics("hospital")["process"]
    assert "discharge" not in subtopics("bank")["process"]
    assert subtopics(None) == {topic.code: tuple(topic.subtopics) for topic in TOPICS.values()}
