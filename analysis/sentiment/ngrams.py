"""Character n-grams of comments, hashed and counted in NumPy: the same numbers when learning and when reading.

English: two to five characters within a word and the spaces around it; Chinese: one to three of anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .normalise import normalise
from .script import simplified

BITS = 18  # 262,144 buckets
SIZES = {"en": (2, 5), "zh": (1, 3)}

_PRIME = np.uint64(0x100000001B3)  # of FNV-1a, in 64 bits
_MIX = np.uint64(0x9E3779B97F4A7C15)  # Fibonacci hashing: the upper bits depend on all
_SPACES, _DIGIT = re.compile(r"\s+"), re.compile(r"\d")
_SPACE = np.uint32(ord(" "))

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often (count) an n-gram of a bucket stands in a text (row), in the order of rows and buckets."""

    texts: int
    row: Whole
    bucket: Whole
    count: Whole


def plain(text: str) -> str:
    """The text that n-grams are taken of: folded, lower case, Simplified, every digit a 0, a space at each end."""
    said = _DIGIT.sub("0", simplified(normalise(text).text.lower()))
    return f" {_SPACES.sub(' ', said).strip()} "


def counts(texts: Sequence[str], language: str) -> Counts:
    """Of many texts at once: it is fast in batches of hundreds. `language` is "en" or "zh"."""
    made = [plain(text) for text in texts]
    letters = np.frombuffer("".join(made).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    rows = np.repeat(np.arange(len(made)), [len(text) for text in made])
    smallest, largest = SIZES[language]
    spaces = np.concatenate(([0], np.cumsum(letters == _SPACE)))
    found: list[NDArray[np.uint64]] = []
    hashed = np.zeros(len(letters) + 1, dtype=np.uint64)
    for size in range(1, largest + 1):
        here = max(0, len(letters) - size + 1)
        hashed = (hashed[:here] ^ letters[size - 1 :].astype(np.uint64)) * _PRIME + np.uint64(size)
        if size < smallest or not here:
            continue
        good = rows[:here] == rows[size - 1 :]
        if language == "en":  # nothing but a word: no space inside
            good &= spaces[size - 1 : size - 1 + here] - spaces[1 : 1 + here] <= 0
        bucket = (hashed[good] * _MIX) >> np.uint64(64 - BITS)
        found.append((rows[:here][good].astype(np.uint64) << np.uint64(BITS)) | bucket)
    keys, count = np.unique(np.concatenate(found) if found else np.zeros(0, np.uint64), return_counts=True)
    row, bucket = keys >> np.uint64(BITS), keys & np.uint64((1 << BITS) - 1)
    return Counts(len(made), row.astype(np.int64), bucket.astype(np.int64), count.astype(np.int64))
