"""Whether a workbook is small enough to be read: the reader holds a sheet in memory, every cell of its rectangle.

Two cells in opposite corners of a sheet are 5 kB packed, and half a terabyte there. What is packed is read once
here, a piece at a time, as it is, not as its headers say.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from flask_babel import lazy_gettext as _l

from survey.errors import Invalid

MOST_UNPACKED = 256 << 20  # bytes of all parts together
MOST_CELLS = 2_000_000  # of a sheet, empty ones in its rectangle too: some 160 MB in memory
PIECE = 1 << 18
LONGEST_TAG = 1 << 12  # bytes; a tag that is cut at a piece's end is read again with the next one
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_TAG = re.compile(rb"""<(?:[^\s<>/:]+:)?(row|c)((?:\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*)?/?)>""")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3})(\d{1,10})["']""")

_UNREADABLE = _l("The workbook cannot be read.")
_TOO_LARGE = _l("The workbook is too large to be read; please save it as CSV.")


def refuse_too_large(path: Path) -> None:
    """Raises Invalid for a packed workbook (XLSX) that is too large, or that is none."""
    if not zipfile.is_zipfile(path):
        return
    unpacked = 0
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                raise Invalid(_UNREADABLE, "file")
            for entry in packed.infolist():
                rectangle = Rectangle()
                for piece in _unpacked(file, entry):
                    unpacked += len(piece)
                    rectangle.read(piece)
                    if unpacked > MOST_UNPACKED or rectangle.cells > MOST_CELLS:
                        raise Invalid(_TOO_LARGE, "file")
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError):
        raise Invalid(_UNREADABLE, "file") from None


def _unpacked(file: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """To the end of what is packed, whatever size the entry claims."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile
    file.seek(entry.header_offset)
    header = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    file.seek(header[-2] + header[-1], 1)  # the name and the extra field
    left = entry.compress_size
    unpack = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0 and (read := file.read(min(PIECE, left))):
        left -= len(read)
        while unpack and read:
            yield unpack.decompress(read, PIECE)
            read = unpack.unconsumed_tail
        if not unpack:
            yield read


class Rectangle:
    """The extent of the cells with content in the XML of one sheet."""

    def __init__(self) -> None:
        self.rows = self.columns = self.row = self.column = 0
        self.rest = b""
        self.begun = False

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def read(self, piece: bytes) -> None:
        if not self.begun and piece.startswith(_OTHER_ENCODINGS):
            raise Invalid(_UNREADABLE, "file")
        self.begun = self.begun or bool(piece)
        text, end = self.rest + piece, 0
        for tag in _TAG.finditer(text):
            self._tag(tag[1], tag[2])
            end = tag.end()
        self.rest = text[max(end, len(text) - LONGEST_TAG) :]
        begun = text.rfind(b"<")
        if text.rfind(b">") < begun < len(text) - LONGEST_TAG:
            raise Invalid(_UNREADABLE, "file")

    def _tag(self, name: bytes, attributes: bytes) -> None:
        reference = _REFERENCE.search(attributes)
        if name == b"row":
            self.row = int(reference[2]) if reference else self.row + 1
            self.column = 0
            return
        if reference and reference[1]:
            self.column, self.row = _number(reference[1]), int(reference[2])
        else:
            self.column += 1
        if not attributes.endswith(b"/"):
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)


def _number(letters: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number
