"""How text files are read: their encoding (UTF-8, UTF-16 by its mark, GB18030, Big5), their longest cell."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO

_CHUNK = 1 << 20  # bytes read at once
_SAMPLE = 200_000  # bytes; enough to tell GB18030 from Big5
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

LONGEST_CELL = 1_000_000  # characters; the csv module keeps one limit for the whole process
csv.field_size_limit(LONGEST_CELL)

Opened = Callable[[], IO[bytes]]  # opens the file anew at each call


def encoding_of(opened: Opened) -> str | None:
    """A codec that reads the whole file, or None when none does.

    Nearly every Big5 file can also be read as GB18030, but then as rare characters: the codec wins in which
    more of the characters are in daily use.
    """
    with opened() as file:
        sample = file.read(_SAMPLE)
    marked = next((codec for mark, codec in _MARKS if sample.startswith(mark)), None)
    if marked:
        return marked if reads(opened, marked) else None
    if reads(opened, "utf-8"):
        return "utf-8"
    possible = [codec for codec in _COMMON if reads(opened, codec)]
    return max(possible, key=lambda codec: _common_share(sample, codec), default=None)


def reads(opened: Opened, codec: str) -> bool:
    """Whether all of it can be decoded, without keeping the decoded text."""
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        with opened() as file:
            for chunk in _chunks(file):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _common_share(sample: bytes, codec: str) -> float:
    """The share of characters beyond ASCII that this encoding's everyday texts use."""
    beyond = [character for character in sample.decode(codec, errors="ignore") if ord(character) > 0x7F]
    return sum(map(_COMMON[codec], beyond)) / len(beyond) if beyond else 1.0


def _everyday(character: str, charset: str, low: int, high: int) -> bool:
    """Whether it stands among the characters in daily use, known by their lead bytes, or the punctuation."""
    lead = character.encode(charset, "ignore")[:1]
    return bool(lead) and (low <= lead[0] <= high or 0xA1 <= lead[0] <= 0xA3)


# The lead bytes of the first level of GB 2312 and of Big5.
_COMMON = {
    "gb18030": partial(_everyday, charset="gb2312", low=0xB0, high=0xD7),
    "big5hkscs": partial(_everyday, charset="big5", low=0xA4, high=0xC6),
}
