"""Which encoding a text file is in: UTF-8, GB18030 or Big5, found by trial."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from flask_babel import lazy_gettext as _l

from survey.errors import Invalid

_SAMPLE = 200_000  # bytes; enough to tell GB18030 from Big5


def encoding_of(content: bytes) -> str:
    """A codec that reads the whole content. Raises Invalid when none does."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"PK")) or b"\0" in content:
        raise Invalid(_l("This is not a CSV file. Save the table as “CSV UTF-8” and choose that file."))
    if _reads(content, "utf-8-sig"):
        return "utf-8-sig"
    possible = [codec for codec in ("gb18030", "big5hkscs") if _reads(content, codec)]
    if not possible:
        raise Invalid(
            _l("The characters of this file cannot be read. Save it as UTF-8, GB18030 or Big5 and try again.")
        )
    return max(possible, key=lambda codec: _common_share(content, codec, _COMMON[codec]))


def _reads(content: bytes, codec: str) -> bool:
    """Whether all of it can be decoded, without keeping the decoded text."""
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for start in range(0, len(content), _SAMPLE):
            decoder.decode(content[start : start + _SAMPLE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _common_share(content: bytes, codec: str, common: Callable[[str], bool]) -> float:
    """The share of characters beyond ASCII that this encoding's everyday texts use.

    Nearly every Big5 file can also be read as GB18030, but then as rare characters.
    """
    text = content[:_SAMPLE].decode(codec, errors="ignore")
    beyond = [character for character in text if ord(character) > 0x7F]
    return sum(map(common, beyond)) / len(beyond) if beyond else 1.0


def _everyday_gb(character: str) -> bool:
    """In the first level of GB 2312 (rows 16-55) or among its punctuation."""
    try:
        return character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def _everyday_big5(character: str) -> bool:
    """In the first level of Big5 (A440-C67E) or among its punctuation."""
    try:
        return character.encode("big5")[0] <= 0xC6
    except UnicodeEncodeError:
        return False


_COMMON = {"gb18030": _everyday_gb, "big5hkscs": _everyday_big5}
