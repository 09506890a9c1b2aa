"""English names: given names of the list, and capitalised words behind a title or a word that introduces somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .lists import lines, words
from .types import Kind, Span

_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['-][A-Za-zÀ-ÖØ-öø-ÿ]+)*")
_SHORTENED = re.compile(r"'(?:ll|ve|re|m|d|t|s)$")  # I'll, you've
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]{2}")
_GIVEN, _EITHER = frozenset(words("en_given")), frozenset(words("en_either"))
_SURNAMES, _PINYIN = frozenset(words("en_surnames")), frozenset(words("en_pinyin"))
_TITLES, _ROLES = frozenset(words("en_titles")), frozenset(words("en_roles"))
_PHRASES, _COMMON = frozenset(lines("en_phrases")), frozenset(words("en_common"))
_SMALL = frozenset(words("en_small"))  # what follows a title in small letters without being a name
_PARTICLES = frozenset(
    {
        "van",
        "von",
        "der",
        "den",
        "de",
        "la",
        "le",
        "da",
        "di",
        "bin",
        "binti",
        "al",
        "el",
        "ter",
        "mc",
        "mac",
        "st",
    }
)
_PLACES = frozenset(
    {
        "ward",
        "hospital",
        "road",
        "street",
        "wing",
        "suite",
        "unit",
        "infirmary",
        "centre",
        "center",
        "clinic",
        "school",
        "park",
        "house",
        "court",
        "station",
        "surgery",
        "bank's",
    }
)
_PHRASE_ENDS = frozenset(phrase.rpartition(" ")[2] for phrase in _PHRASES)
_MONTHS = frozenset({"april", "may", "june", "august"})
_ABBREVIATED = frozenset({"dr", "drs", "mr", "mrs", "ms", "mx", "prof", "rev", "messrs"})
_LONGEST = 4  # words of a name
_STRONG, _WEAK, _NONE = 2, 1, 0


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    low: str


def found(text: str) -> Iterator[Span]:
    if _LATIN.search(text) is None:
        return
    tokens = [_token(match) for match in _WORD.finditer(text)]
    shouted = text.isupper()
    place, behind_a_name = 0, False
    while place < len(tokens):
        last = _name(text, tokens, place, shouted, behind_a_name)
        if last is None:
            joins = tokens[place].low == "and" and place and behind_a_name
            behind_a_name = bool(joins)
            place += 1
            continue
        yield Span(tokens[place].start, tokens[last].end, Kind.NAME)
        place, behind_a_name = last + 1, True


def _token(match: re.Match[str]) -> _Token:
    said = match[0]
    if said[-2:] in ("'s", "'S"):
        said = said[:-2]
    return _Token(match.start(), match.start() + len(said), said, said.lower())


def _name(text: str, tokens: Sequence[_Token], at: int, shouted: bool, joined: bool) -> int | None:
    """The place of the last word of the name that begins here; None where none does."""
    strength = _context(text, tokens, at)
    if joined and strength == _NONE and at and tokens[at - 1].low == "and":
        strength = _WEAK
    word = tokens[at]
    if not _begins(text, tokens, at, strength, shouted):
        return None
    last = at
    while last + 1 < len(tokens) and last - at < _LONGEST - 1 and _goes_on(text, tokens, last, shouted):
        last += 1
    while last > at and tokens[last].low in _PARTICLES:
        last -= 1
    lonely = len(word.text) == 1 and last == at
    return None if lonely else last


def _context(text: str, tokens: Sequence[_Token], at: int) -> int:
    if not at:
        return _NONE
    before = tokens[at - 1]
    gap = text[before.end : tokens[at].start]
    gap = gap.removeprefix("'s").removeprefix("'S")
    if before.low in _TITLES and (gap.isspace() or (before.low in _ABBREVIATED and gap.strip() in (".", ""))):
        return _STRONG
    if before.low in _ROLES and gap.strip() in ("", ",", "(", "-", "–", ":"):
        return _STRONG if gap.isspace() else _WEAK
    if gap.strip() in ("", ",", ":", "-", "–") and _phrase(tokens, at):
        return _STRONG
    return _NONE


def _phrase(tokens: Sequence[_Token], at: int) -> bool:
    return tokens[at - 1].low in _PHRASE_ENDS and any(
        " ".join(t.low for t in tokens[max(0, at - n) : at]) in _PHRASES for n in (1, 2, 3, 4)
    )


def _begins(text: str, tokens: Sequence[_Token], at: int, strength: int, shouted: bool) -> bool:
    word = tokens[at]
    if _is_place(text, tokens, at) or _SHORTENED.search(word.low):
        return False
    capital = word.text[0].isupper()
    if word.low in _GIVEN or (strength == _STRONG and _leads(text, tokens, at)):
        return True
    if shouted or not capital:
        return strength == _STRONG and _plainly(tokens, at, shouted)
    if word.low in _EITHER:
        return strength != _NONE or (
            not _opens(text, word.start) and word.low not in _MONTHS and _alone(text, tokens, at)
        )
    if len(word.text) > 1 and word.text.isupper():
        return False
    if strength == _NONE:
        return word.low in _PINYIN and _pinyin_follows(text, tokens, at)
    return word.low not in _COMMON and word.low not in _ROLES and word.low not in _TITLES


def _alone(text: str, tokens: Sequence[_Token], at: int) -> bool:
    """A capitalised word among small ones: not part of the name of something."""
    around = [tokens[place].text for place in (at - 1, at + 1) if 0 <= place < len(tokens)]
    digit = text[: tokens[at].start].rstrip()[-1:].isdigit()
    return (
        tokens[at].text.istitle() and not digit and all(word[0].islower() or word == "I" for word in around)
    )


def _leads(text: str, tokens: Sequence[_Token], at: int) -> bool:
    """An initial or a particle before a surname, behind a title: A. Kumar, van der Berg."""
    if tokens[at - 1].low not in _TITLES:
        return False
    if len(tokens[at].text) == 1 and tokens[at].text != "I" and at + 1 < len(tokens):
        return _goes_on(text, tokens, at, False)
    row = [token for token in tokens[at : at + 3] if token.low not in _PARTICLES]
    return tokens[at].low in _PARTICLES and bool(row) and row[0].text[0].isupper()


def _plainly(tokens: Sequence[_Token], at: int, shouted: bool) -> bool:
    """Whether a word without the sign of a capital is a name behind a title or a thank-you."""
    word, before = tokens[at], tokens[at - 1].low
    if (before in _ABBREVIATED and before != "ms") or (shouted and before in _TITLES):
        return word.low not in _SMALL and word.low not in _COMMON
    known = word.low in _SURNAMES or word.low in _EITHER
    return before in _TITLES and known and word.low not in _SMALL and word.low not in _MONTHS


def _goes_on(text: str, tokens: Sequence[_Token], last: int, shouted: bool) -> bool:
    word, following = tokens[last], tokens[last + 1]
    gap = text[word.end : following.start]
    if gap != " " and not (len(word.text) == 1 and gap == ". "):
        return False
    if shouted:
        return following.low in _GIVEN or following.low in _SURNAMES
    if following.low in _PARTICLES and last + 2 < len(tokens):
        return (
            word.text[0].isupper()
            and tokens[last + 2].text[0].isupper()
            and following.low not in ("la", "le")
        )
    small = word.low in _PARTICLES
    if small and following.low in _PARTICLES:
        return True
    capital = following.text[0].isupper() and not (len(following.text) > 1 and following.text.isupper())
    known = following.low in _COMMON or following.low in _ROLES or following.low in _PLACES
    return (capital and (small or not known)) or (
        following.low in _SURNAMES and following.low not in _SMALL and not known
    )


def _pinyin_follows(text: str, tokens: Sequence[_Token], at: int) -> bool:
    if at + 1 >= len(tokens):
        return False
    word, following = tokens[at], tokens[at + 1]
    syllable = following.text.istitle() and following.low not in _COMMON
    return text[word.end : following.start] == " " and syllable and word.text.istitle()


def _is_place(text: str, tokens: Sequence[_Token], at: int) -> bool:
    """St Mary's, Oak Ward."""
    before = (
        tokens[at - 1].low if at and text[tokens[at - 1].end : tokens[at].start].strip() in ("", ".") else ""
    )
    after = tokens[at + 1 : at + 3]
    if len(after) == 2 and after[0].text[0].islower() and after[0].low not in _PLACES:
        after = after[:1]
    close = text[tokens[at].end : after[-1].start] if after else "."
    named = any(word.low in _PLACES for word in after) and not re.search(r"[^\w\s'’]", close)
    return before in ("st", "saint", "san") or named


def _opens(text: str, start: int) -> bool:
    """Whether a sentence begins here."""
    before = text[:start].rstrip() if start < 200 else text[start - 200 : start].rstrip()
    return not before or before[-1] in ".!?:\n-•*\"'("
