"""Numbers of persons and things, telephone numbers, beds, e-mail: known by their shape or by the word before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .types import Kind, Span

_EMAIL = re.compile(
    r"(?<![\w.+%-])[A-Za-z0-9][\w.+%-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}", re.A
)
_NUMBER = re.compile(
    r"(?<![\w.£$€¥])\+?\(?\d(?:[ ().-]{0,2}\d){6,24}(?:\s?(?:转|轉|ext\.?|x)\s?\d{1,5}|\(\d\)|[Xx](?!\w))?(?![\d%])",
    re.A,
)
_DATE = re.compile(r"(?:19|20)\d\d[-./ ]?(?:0?[1-9]|1[0-2])(?:[-./ ]?(?:0?[1-9]|[12]\d|3[01]))?(?:[ .-]\d{1,2})?|"
                   r"(?:0?[1-9]|[12]\d|3[01])[-./ ](?:0?[1-9]|[12]\d|3[01])[-./ ](?:19|20)\d\d(?:[ .-]\d{1,2})?|"
                   r"(?:19|20)\d\d ?- ?(?:19|20)\d\d|\d+\.\d{1,2}")  # fmt: skip
_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z]{1,4}[-/]?\d{5,20}(?:\(\d\)|[A-Za-z]?\d{0,12})|[A-Za-z]\d{2}[A-Za-z]\d{6,12}|"
    r"[A-Za-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Da-d](?![A-Za-z])|[A-Za-z]\d{6}\([\dA-Za-z]\)|[A-Za-z]{1,3}\d{5,20}[A-Za-z]?)",
    re.A,
)
_LABELLED = re.compile(
    r"(?:(?:号码|號碼|病历|病歷|病案|住院|门诊|門診|就诊卡?|就診卡?|医保|醫保|社保卡?|健保卡?|身份证|身分證|护照|護照|工号|工號|员工|"
    r"账户|帳戶|账|帐|帳|賬|户|戶|订单|訂單|单|單|卡|保单|保單|表|客户|客戶|编|編|证|證)[号號]码?碼?|身份证|身分證|身份證|护照|護照|病历|"
    r"工号|工號)(?:是|为|為|[:： ]){0,3}(?P<zh>[A-Za-z0-9][A-Za-z0-9_/() -]{2,24})"
    r"|(?:微信号?|微訊|wechat|weixin|line id|qq号?|Q号)(?:是|[:： ]){0,3}(?P<im>[A-Za-z0-9][\w-]{4,24})"
    r"|\b(?:(?:nhs|hospital|account|policy|order|case|meter|customer|patient|passport|card|reference|ref|membership|member|"
    r"booking|invoice|job|ticket|complaint|badge|staff|employee|insurance|ni|national insurance|licence|license|claim|serial)"
    r"(?:'s)?[ .]{0,2}(?:number|no\.?|num|id|ref|reference|code|#)?|mrn|ssn|hkid|id)"
    r"(?: is|:| was| #|#)?\s{0,2}(?P<en>(?=[A-Za-z/()-]{0,6}\d)[A-Za-z0-9][A-Za-z0-9/()-]{2,24}(?: \d{2,6}){0,5})",
    re.A | re.I,
)
_DIGITS = re.compile(r"\d")
_CALL = re.compile(
    r"(?:电话|電話|手机|手機|座机|座機|传真|傳真|致电|致電|打|tel|phone|mobile|call|ring|text|whatsapp|fax)"
    r"(?: me| us| number| no\.?)?(?: on| at| is|是|号码|[:：. ]){0,3}(?P<n>\+?\(?\d[\d ()-]{5,20}\d)", re.I)  # fmt: skip
_CN = "一二三四五六七八九十"
_BED = re.compile(
    rf"(?P<zh>(?:加|\d{{1,4}}病?房)?(?:[A-Za-z]?\d{{1,3}}[A-Za-z]?|[{_CN}]{{1,3}})\s?[号號]?病?床)(?![被棉单單铺鋪位以])"
    r"|(?:床号|床號|病床|床位号?|房号|房號)(?:是|[:： ])?(?P<no>[A-Za-z]?\d{1,4}[A-Za-z]?(?:-\d{1,2})?)(?![\d张張个個元年月天])"
    r"|(?<!waiting )\b(?:bed|room|cubicle)s?\s(?:no\.?|number|#)?\s?(?P<en>[A-Za-z]?\d{1,4}[A-Za-z]?)\b"
    r"(?! ?(?:hours?|hrs?|min|days?|times?|weeks?|people|nights?|patients?|am|pm|%))",
    re.A | re.I,
)
_MANY_DIGITS = {"zh": 3, "im": 0, "en": 4}
_YEAR = re.compile(r"(?:19|20)\d\d")


def found(text: str) -> Iterator[Span]:
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Span(match.start(), match.end(), Kind.EMAIL)
    if "床" in text or "号" in text or "號" in text or _DIGITS.search(text):
        yield from _beds(text)
    if _DIGITS.search(text):
        yield from _numbers(text)
    yield from _labelled(text)


def _beds(text: str) -> Iterator[Span]:
    for match in _BED.finditer(text):
        group = match.lastgroup or "zh"
        yield Span(match.start(group), match.end(group), Kind.BED)


def _numbers(text: str) -> Iterator[Span]:
    for match in _NUMBER.finditer(text):
        if not _DATE.fullmatch(match[0]):
            yield Span(match.start(), match.end(), _kind(match[0]))
    for match in _CODE.finditer(text):
        yield Span(match.start(), match.end(), Kind.ID)
    for match in _CALL.finditer(text):
        yield Span(match.start("n"), match.end("n"), Kind.PHONE)


def _kind(number: str) -> Kind:
    digits = "".join(_DIGITS.findall(number))
    apart = number.startswith(("+", "(", "0")) or not number.isdigit()
    mobile = len(digits) == 11 and digits[0] in "01"
    return Kind.PHONE if len(digits) <= 13 and (mobile or apart or len(digits) == 8) else Kind.ID


def _labelled(text: str) -> Iterator[Span]:
    for match in _LABELLED.finditer(text):
        group = match.lastgroup or "zh"
        said = match[group].rstrip(" -/(")
        if len(_DIGITS.findall(said)) >= _MANY_DIGITS[group] and not _YEAR.fullmatch(said):
            yield Span(match.start(group), match.start(group) + len(said), Kind.ID)
