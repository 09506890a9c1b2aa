"""Terms that administrators write: right ones are read, wrong ones are refused with a reason."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.topics import Fault, OwnTerms, TopicError, read
from analysis.topics.terms import parse


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("", Fault.EMPTY),
        (" * ", Fault.EMPTY),
        ("..", Fault.EMPTY),
        ("a*", Fault.TOO_SHORT),
        ("x", Fault.TOO_SHORT),
        ("wait" * 16, Fault.TOO_LONG),
        ("wa*it", Fault.MISPLACED_STAR),
        ("* wait", Fault.MISPLACED_STAR),
        ("停*", Fault.MISPLACED_STAR),
        ("took ..", Fault.MISPLACED_GAP),
        ("a .. b .. c", Fault.MISPLACED_GAP),
        ("(wait|queue)", Fault.BAD_CHARACTER),
        ("停电。", Fault.BAD_CHARACTER),
        ("พยาบาล", Fault.BAD_CHARACTER),
        ("\ud800\x00", Fault.BAD_CHARACTER),
    ],
)
def test_a_wrong_term_is_refused_with_its_reason(written: str, fault: Fault) -> None:
    with pytest.raises(TopicError) as refused:
        read([], extra=[OwnTerms("own", (written,))])
    assert refused.value.fault is fault


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", Fault.BAD_CODE),
        ("Own topic", Fault.BAD_CODE),
        ("price.", Fault.BAD_CODE),
        ("price.nothing", Fault.UNKNOWN_SUBTOPIC),
        ("own.part", Fault.UNKNOWN_SUBTOPIC),
    ],
)
def test_a_wrong_code_is_refused_with_its_reason(code: str, fault: Fault) -> None:
    with pytest.raises(TopicError) as refused:
        read([], extra=[OwnTerms(code, ("kiosk",))])
    assert refused.value.fault is fault


def test_an_unknown_sector_is_refused() -> None:
    with pytest.raises(TopicError) as refused:
        read([], "zoo")
    assert refused.value.fault is Fault.UNKNOWN_SECTOR


def test_too_many_terms_are_refused() -> None:
    with pytest.raises(TopicError) as refused:
        read([], extra=[OwnTerms("own", tuple(f"term{i}" for i in range(2_001)))])
    assert refused.value.fault is Fault.TOO_MANY


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Kiosk", "the KIOSK broke"),
        ("can't book", "I cannot book online"),
        ("took .. days", "it took them nine days"),
        ("排..小時", "排了两个多小时"),
        ("APP卡", "你们的app卡死了"),
        ("self check-in*", "Self check-ins are odd"),
        ("Ｗｉ－Ｆｉ", "no wi-fi here"),
    ],
)
def test_a_term_is_found_however_it_is_written(term: str, text: str) -> None:
    assert "own" in {topic.topic for topic in read([text], extra=[OwnTerms("own", (term,))])[0].topics}


@pytest.mark.parametrize("text", ["it took them. Nine days", "it took me to the other side for days"])
def test_a_gap_stays_short_and_within_its_clause(text: str) -> None:
    found = read([text], extra=[OwnTerms("own", ("took .. days",))])[0]
    assert "own" not in {topic.topic for topic in found.topics}


@pytest.mark.parametrize("written", ["a" * 59 + "!", "停" * 59 + "!", "1" * 59 + "!", "a-" * 29 + "!"])
def test_a_wrong_term_is_refused_at_once(written: str) -> None:
    begun = time.process_time()
    with pytest.raises(TopicError):
        parse(written)
    assert time.process_time() - begun < 0.1


@given(st.text(max_size=70))
def test_any_term_is_read_or_refused(written: str) -> None:
    try:
        term = parse(written)
    except TopicError as refused:
        assert refused.given == written
    else:
        assert all(part and all(part) for part in term.parts)


@pytest.mark.parametrize("term", ["10:30 train", "100% cotton", "1,000 steps", "24/7 desk"])
def test_numbers_are_part_of_a_term(term: str) -> None:
    assert read([f"The {term} is gone"], extra=[OwnTerms("own", (term,))])[0].topics[-1].topic == "own"


def test_a_term_knows_its_script() -> None:
    assert parse("掛號").parts == (("挂号",),)
    assert parse("wait* .. hour*").parts == (("wait*",), ("hour*",))
