"""The terms of a sector and of an organisation, made ready for matching."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from analysis.catalogue import SECTORS, TOPICS

from .chinese import ChineseTerms
from .english import EnglishTerms
from .terms import Fault, Term, TopicError, parse
from .types import Key, OwnTerms

_SHIELD = "-"  # instead of a topic: the term is read and counts nowhere
_MOST_OWN = 2_000  # terms of one organisation
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Lexicon:
    english: EnglishTerms
    chinese: ChineseTerms


def rows(name: str) -> Iterator[tuple[Key | None, list[str]]]:
    """The rows of lists/<name>.csv below its header: what they are about (None: a shield) and their terms."""
    text = files("analysis.topics").joinpath("lists", f"{name}.csv").read_text(encoding="utf-8")
    lines = csv.reader(text.splitlines())
    next(lines)
    for topic, subtopic, *terms in lines:
        yield None if topic == _SHIELD else (topic, subtopic), terms


def _own_key(code: str) -> Key:
    topic, dot, subtopic = code.partition(".")
    if not _CODE.fullmatch(topic) or (dot and not _CODE.fullmatch(subtopic)):
        raise TopicError(Fault.BAD_CODE, code)
    if dot and (topic not in TOPICS or subtopic not in TOPICS[topic].subtopics):
        raise TopicError(Fault.UNKNOWN_SUBTOPIC, code)
    return topic, subtopic


def _list_names(sector: str | None) -> list[str]:
    if sector is not None and sector not in SECTORS:
        raise TopicError(Fault.UNKNOWN_SECTOR, sector)
    return ["general", *([sector] if sector else SECTORS)]


def subtopics(sector: str | None) -> dict[str, tuple[str, ...]]:
    """topic -> the sub-topics that a sector's lists can find, in the order of the catalogue. None: of all sectors.

    Raises TopicError for an unknown sector.
    """
    used = {
        key
        for name in _list_names(sector)
        for language in ("en", "zh")
        for key, _ in rows(f"{language}_{name}")
    }
    return {
        topic.code: tuple(part for part in topic.subtopics if (topic.code, part) in used)
        for topic in TOPICS.values()
    }


def _ready(terms: dict[Term, tuple[Key, ...]]) -> Lexicon:
    return Lexicon(
        EnglishTerms({term: keys for term, keys in terms.items() if not term.chinese}),
        ChineseTerms({term: keys for term, keys in terms.items() if term.chinese}),
    )


@lru_cache(maxsize=16)
def listed(sector: str | None) -> Lexicon:
    """General terms and the sector's, which have the last word (None: all sectors', which add what is missing).

    Raises TopicError for an unknown sector.
    """
    terms: dict[Term, tuple[Key, ...]] = {}
    for name in _list_names(sector):
        found: dict[Term, tuple[Key, ...]] = {}
        for language in ("en", "zh"):
            for key, written in rows(f"{language}_{name}"):
                for term in map(parse, written):
                    found[term] = (*found.get(term, ()), key) if key else ()
        terms = terms | found if sector else found | terms
    return _ready(terms)


@lru_cache(maxsize=64)
def own(extra: tuple[OwnTerms, ...]) -> Lexicon:
    """An organisation's own terms, found beside the listed ones. Raises TopicError for a wrong code or term."""
    if sum(len(given.terms) for given in extra) > _MOST_OWN:
        raise TopicError(Fault.TOO_MANY, str(_MOST_OWN))
    terms: dict[Term, tuple[Key, ...]] = {}
    for given in extra:
        key = _own_key(given.code)
        for term in map(parse, given.terms):
            before = terms.get(term, ())
            terms[term] = before if key in before else (*before, key)
    return _ready(terms)


def checked(code: str, term: str) -> str:
    """A term as it is kept: without blanks at its ends. Raises TopicError for a wrong code or term."""
    _own_key(code)
    parse(term)
    return " ".join(term.split())
