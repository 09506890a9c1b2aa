"""Which encoding a text file has: strict trial first, then which reading gives usual Chinese characters."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from flask_babel import lazy_gettext as _l

from survey.errors import Invalid

_CHUNK = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 200_000  # characters that are judged
# Lead bytes of the characters in daily use and of punctuation: level 1 of GB 2312 and of Big5.
_USUAL = {"gb18030": ("gb2312", 0xB0, 0xD7), "big5": ("big5", 0xA4, 0xC6)}
_PUNCTUATION = (0xA1, 0xA3)


def encoding_of(path: Path, named: str = "auto") -> str:
    """A name for `open`. Raises Invalid when the file cannot be read in any (or in the named) encoding."""
    with path.open("rb") as file:
        start = file.read(4)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    if marked:
        return marked
    wanted = ("utf-8",) if named == "auto" else (named,)
    if _decodes(path, wanted[0]):
        return wanted[0]
    if named == "auto":
        fitting = [name for name in _USUAL if _decodes(path, name)]
        if fitting:
            return max(fitting, key=lambda name: plausibility(path, name))
    raise Invalid(
        _l("The file is not a text in UTF-8, GB18030 or Big5; name its encoding in the map."), "file"
    )


def _decodes(path: Path, encoding: str) -> bool:
    try:
        for _text in _decoded(path, encoding):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def plausibility(path: Path, encoding: str) -> float:
    """The share of the text's characters beyond ASCII that are in daily use where this encoding is."""
    charset, low, high = _USUAL[encoding]
    usual = seen = 0
    for text in _decoded(path, encoding):
        for character in text:
            if character < "\x80":
                continue
            seen += 1
            lead = character.encode(charset, "ignore")[:1]
            usual += bool(lead) and (low <= lead[0] <= high or _PUNCTUATION[0] <= lead[0] <= _PUNCTUATION[1])
        if seen > _SAMPLE:
            break
    return usual / seen if seen else 0.0
