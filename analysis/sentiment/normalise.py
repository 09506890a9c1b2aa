"""One way of writing for one meaning; every character remembers where it stood in the comment."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import chain

from .script import simplified
from .tables import rows

LONGEST = 5_000  # characters scored; the rest of a longer comment is kept, not read

# One for one, for these stand in nearly every Chinese comment: full-width forms, quotes, ellipsis.
_FOLD = {0xFF00 + i: 0x20 + i for i in range(1, 0x5F)} | str.maketrans(
    dict.fromkeys("‘’ʼ′`´", "'") | dict.fromkeys("“”„«»", '"') | {"\u3000": " ", "…": "."}
)
# Lone surrogates, control characters, invisible joiners, variation selectors, skin tones.
_NOISE = re.compile(
    "[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e007f]"
)
# Addresses and codes carry no opinion, whatever words they contain.
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+", re.ASCII)

_NO_CONTENT = frozenset(chain.from_iterable(rows("no_content")))
_NOT_LETTERS = re.compile(r"[\W_]+")
_REPEATED = re.compile(r"(.+?)\1+")
_LONGEST_NOTHING = 60  # characters


@dataclass(frozen=True, slots=True)
class Clean:
    """A comment as it is scored."""

    text: str
    origin: tuple[int, ...] | None = None  # None: each character stands where it stood

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in the comment as written."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1


def _unfold(text: str) -> Clean:
    """NFKC without noise, one written character at a time."""
    letters: list[str] = []
    origin: list[int] = []
    for place, written in enumerate(text):
        for letter in unicodedata.normalize("NFKC", _NOISE.sub("", written)):
            letters.append(letter)
            origin.append(place)
    return Clean("".join(letters[:LONGEST]), tuple(origin[:LONGEST]))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def normalise(text: str) -> Clean:
    """Compatibility forms, digits and quotes folded, invisible characters out, addresses blanked."""
    written = text[:LONGEST].translate(_FOLD)
    plain = written.isascii() or unicodedata.is_normalized("NFKC", written)
    clean = Clean(written) if plain and not _NOISE.search(written) else _unfold(written)
    if "@" in written or "://" in written or "www." in written:
        clean = Clean(_ADDRESS.sub(_blank, clean.text), clean.origin)
    return clean


def says_nothing(text: str) -> bool:
    """Whether a normalised comment is blank, mere punctuation, or one of the ways to write "nothing"."""
    if len(text) > _LONGEST_NOTHING:
        return not _NOT_LETTERS.sub("", text)
    letters = _NOT_LETTERS.sub("", simplified(text.lower()))
    if not letters or letters in _NO_CONTENT:
        return True
    repeated = _REPEATED.fullmatch(letters)
    return repeated is not None and repeated[1] in _NO_CONTENT
