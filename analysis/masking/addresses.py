"""Where somebody lives: a street with its number, a house with its flat, a postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .types import Kind, Span

_HAN = "\u4e00-\u9fff"
_N = "0-9A-Za-z一二三四五六七八九十百"
_PARTS = rf"(?:[之附]?[{_N}-]{{1,6}}(?:号楼|號樓|号院|弄|巷|栋|棟|幢|座|楼|樓|层|層|单元|單元|室|房|号|號|户|戶|梯))"
_BUILDING = rf"(?:[{_HAN}]{{2,12}}?(?:广场|廣場|大厦|大廈|花园|花園|大楼|大樓|中心|小区|公寓|苑|邨|城))"
_ZH = re.compile(
    rf"(?:[{_HAN}]{{1,10}}?(?:大道|路|街|巷|道|胡同|里|(?<=[路街])弄)(?:[{_N}东西南北中]{{1,3}}(?:段|路|道))?\s?[{_N}-]{{1,6}}\s?(?:号|號|弄)"
    rf"|[{_HAN}]{{2,8}}?(?:小区|小區|花园|花園|新村|家园|家園|公寓|苑|邨|屋苑|大厦|大廈|村)\s?[0-9A-Z]{{1,4}}\s?(?:号楼|號樓|栋|棟|幢|座|号|號|楼|樓|期))"
    rf"(?!线|線|口|台|窗|柜|櫃|床|楼?梯){_PARTS}{{0,5}}(?:{_BUILDING}{_PARTS}{{0,4}})?(?:[A-Za-z]?\d{{2,4}}[室房]?)?"
)
_LEADS_UP = "住在到是址于於去从從往给給的向至"
_BEFORE = re.compile(rf"[{_HAN}0-9A-Za-z]{{1,24}}$")
_STREET = (
    "Street|Road|Avenue|Ave|Close|Lane|Drive|Square|Crescent|Court|Way|Place|Terrace|Gardens|Grove|Hill|Boulevard|"
    "Blvd|Mews|Rd|St|Parade|Row|Walk|Green"
)
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
_TOWN = r"(?:,\s?[A-Z][a-z]+(?: [A-Z][a-z]+)?)"
_EN = re.compile(
    rf"\b(?:(?:Flat|Apartment|Apt\.?|Unit|Suite|Block)\s\w{{1,4}},?\s)?(?:\d{{1,2}}/F,?\s)?"
    rf"(?<![\d.])\d{{1,5}}[A-Za-z]?,?\s(?:[A-Z][\w']{{0,20}}\s|\d{{1,3}}(?:st|nd|rd|th)\s){{0,3}}(?:{_STREET})\b\.?(?: (?:NW|NE|SW|SE)\b)?"
    rf"{_TOWN}{{0,3}}(?:,?\s[A-Z]{{2}}\s\d{{5}}(?:-\d{{4}})?)?(?:,?\s{_POSTCODE})?"
    rf"|\b{_POSTCODE}|\bP\.?\s?O\.?\s?[Bb]ox\s\d{{1,6}}"
    r"|(?<![\d.])\b\d{1,4}[a-z]?\s(?:[a-z]{3,15}\s){1,2}(?:street|avenue|crescent)\b"
)
_POSTCODE_ANY_CASE = re.compile(r"\b[a-z]{1,2}\d{1,2} \d[a-z]{2}\b")
_NUMBERED = re.compile(r"[号號楼樓栋棟幢座室弄期]")


def found(text: str) -> Iterator[Span]:
    if _NUMBERED.search(text):
        for match in _ZH.finditer(text):
            yield Span(_beginning(text, match), match.end(), Kind.ADDRESS)
    if not text.isascii() and not re.search("[A-Za-z]{2}", text):
        return
    for pattern in (_EN, _POSTCODE_ANY_CASE):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), Kind.ADDRESS)


def _beginning(text: str, match: re.Match[str]) -> int:
    """Back to the town that stands before the street, and forward behind words such as "I live in"."""
    before = _BEFORE.search(text, max(0, match.start() - 24), match.start())
    start = before.start() if before else match.start()
    road = re.search("[路街巷弄道里区區村苑园園厦廈]", match[0])
    head = text[start : match.start() + (road.start() if road else 1)]
    cut = max((head.rfind(mark) for mark in _LEADS_UP), default=-1)
    return start + cut + 1
