"""Chinese names: a surname of the list before a title, or a name behind a word that introduces one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .lists import either_of, words
from .types import Kind, Span

_SINGLE = "".join(words("zh_surnames"))
_SURNAME = rf"(?:{either_of(words('zh_compound'))}|[{_SINGLE}])"
_TITLES, _ROLES = words("zh_titles"), words("zh_roles")
_SHORT = "姐哥姨叔嫂工总總某"  # titles that follow a bare surname only
_LONG = either_of(tuple(title for title in _TITLES if title not in _SHORT))
_NEVER = "的了是在很和也都不这這那有没沒个個位们們去说說就要与與跟把被对對为為从從到让讓得着著过過太又再还還只等帮幫您你我他她它护護门門房电電话話住打看问問收服态態及嘅咗喺係医醫师師姓"
_GIVEN = rf"(?:[^\W\da-zA-Z_{_NEVER}]|[*○〇])"
_LATIN = r"[A-Z][A-Za-z'.-]{1,15}(?: [A-Z][A-Za-z'-]{1,15})?"
_END = (
    r"(?=$|[^\w]|[的在很太非帮幫给給和跟与與是说說等服态態办辦两兩二三这這那从從也都就又人女男有住做发發没沒不、"
    r"及您你我他她打对對为為到真十特超热熱工半亲親值介负負耐细細认認技业業推])"
)

_TITLED = re.compile(rf"(?P<name>{_SURNAME}{_GIVEN}{{0,2}}?)(?=副?(?:{_LONG}))")
_SHORTLY = re.compile(rf"(?P<name>[{_SINGLE}])(?=某|[姐哥姨叔嫂](?![{_SINGLE}夫妹])|[工总總](?![\u4e00-\u9fff]))|"
                      rf"(?P<with>[{_SINGLE}])(?=[工总總][很帮幫给給也在来來说說太非和、态態服])")  # fmt: skip
_ROLE = either_of((*_ROLES, *(title for title in _TITLES if len(title) > 1)))
_BEHIND = rf"(?:{_ROLE})(?:叫|是|名叫|,|，|：|:|（|\(|——|—|\s){{0,3}}"
_NAMED = re.compile(rf"{_BEHIND}(?P<name>{_SURNAME}{_GIVEN}{{1,2}}){_END}")
_NAMED_SHORT = re.compile(rf"{_BEHIND}(?P<name>{_SURNAME}{_GIVEN}){_END}")
_NAMED_OPEN = re.compile(
    rf"(?:叫|业务员|業務員|保安|柜员|櫃員|月嫂|快递小哥|收费员|收費員|服务员|患者|病人(?:家属)?|客户)\s?"
    rf"(?P<name>{_SURNAME}{_GIVEN}{{1,2}})"
    rf"|(?:给|給)(?P<prize>{_SURNAME}{_GIVEN}{{1,2}}?)(?=[加点點一]|$)"
)
_SURNAMED = re.compile(rf"(?:姓)(?P<name>{_SURNAME})(?=$|[^\w]|[的，,])")
_PET = re.compile(
    rf"(?:^|(?<=[\W的谢謝是叫找服台安傅员員给給托哥姐让]))(?P<name>[小老阿大][{_SINGLE}])(?=$|[^\w]|[很服态態非帮幫和给給真特一]|{_LONG})"
    rf"|(?P<full>阿[\u4e00-\u9fff])(?={_LONG})"
)
_SIGNED = re.compile(
    rf"(?:——|--|—|\n|。|！|敬上|家属|家屬|患者|此致|敬礼|敬禮)\s{{0,3}}(?P<name>{_SURNAME}{_GIVEN}{{1,2}})\s*$"
)
_ENGLISH = re.compile(
    rf"(?P<name>{_LATIN})\s?(?={_LONG}|[姐哥])|"
    rf"(?:感谢|感謝|谢谢|謝謝|多谢|多謝|多得|客服|表扬|表揚|投诉|投訴|叫|找|姑娘|小姐)\s?(?P<after>{_LATIN})(?![A-Za-z])"
)
_NEXT = re.compile(rf"(?:、|，|,|和|及|跟|与|與|以及|还有|還有)(?P<name>{_SURNAME}{_GIVEN}{{1,2}}){_END}")
_IS = re.compile(rf"(?:的|位|就)是(?P<name>{_SURNAME}{_GIVEN}{{2}})(?=[、，。！,!]|$)")
_PAIR = re.compile(rf"(?P<name>{_SURNAME}{_GIVEN}{{1,2}})(?=(?:两|兩|二|三|四|几|幾|各)?位)")

_WORDS = frozenset(words("zh_words"))
_BEFORE = {  # surnames that end a common word: not after these
    "谢": "感谢多致答", "謝": "感謝多致答", "任": "主责責信担擔胜历歷班", "于": "对由关至基鉴出位属等终处", "高": "提很最更较太真水个崇不",
    "白": "明空清坦表", "常": "非经", "江": "", "金": "现资奖基押现佣五", "温": "体气高低保室", "方": "对地前后双医多各一某官大警院校厂处东西南北中药配",
    "万": "一十百千几两三五亿", "马": "上人斑罗", "安": "保平治公晚早不西长心", "范": "规模示师", "史": "历", "何": "任如为", "程": "过流课工全行议携攜路",
    "康": "健小安富", "余": "其业剩多", "顾": "照回不兼", "包": "面红钱打背书", "文": "语中英作人", "章": "盖文规印", "段": "阶手时", "石": "结",
    "童": "儿兒", "简": "", "代": "时年替", "区": "社小院病地", "區": "社小院病地", "云": "", "钟": "分点", "鐘": "分點", "易": "容不贸",
    "关": "有相开机无把海", "關": "有相開機無", "傅": "师師", "钱": "花收付价值有", "付": "支", "游": "旅导", "华": "中", "车": "停开火汽公叫打", "苏": "复",
    "符": "", "熊": "", "黄": "", "牛": "", "古": "", "宁": "", "符合": "", "席": "主", "齐": "整", "路": "", "尚": "高时", "梅": "", "池": "电", "古丘": "", "周": "一每上下本这两几半",
    "孙": "子", "甘": "", "武": "", "严": "", "林": "森园", "平": "", "季": "", "伍": "队", "戴": "", "申": "", "冷": "", "麦": "", "盛": "", "丁": "", "谷": "", "时": "",
}  # fmt: skip
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PATTERNS = (
    _TITLED, _SHORTLY, _NAMED, _NAMED_SHORT, _NAMED_OPEN, _SURNAMED, _PET, _SIGNED, _ENGLISH, _PAIR, _IS,
)  # fmt: skip


def found(text: str) -> Iterator[Span]:
    if not _HAN.search(text):
        return
    for pattern in _PATTERNS:
        yield from _all(pattern, text)


def _all(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """What begins like a name and is none may hide one that begins a character later."""
    match = pattern.search(text)
    while match:
        span = _span(text, match)
        if span:
            yield span
            yield from _following(text, span.end)
        match = pattern.search(text, span.end if span else match.start() + 1)


def _following(text: str, end: int) -> Iterator[Span]:
    """Names in a row behind a name."""
    match = _NEXT.match(text, end)
    while match:
        span = _span(text, match)
        if span is None:
            return
        yield span
        match = _NEXT.match(text, span.end)


def _span(text: str, match: re.Match[str]) -> Span | None:
    group = match.lastgroup
    if group is None or not _is_name(text, match[group], match.start(group)):
        return None
    return Span(match.start(group), match.end(group), Kind.NAME)


def _is_name(text: str, name: str, start: int) -> bool:
    if start and text[start - 1] in _BEFORE.get(name[0], "") or text[start : start + 2] in _WORDS:
        return False
    if name in _WORDS or name[1:] in _TITLES:  # the title is no part of the name
        return False
    return not (name[0] in "谢謝" and text.startswith(name[0], start + 1))
