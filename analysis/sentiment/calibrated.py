"""A calibrated model: what it knows, how it is stored, and what it says of comments. Needs NumPy only.

Members say how likely each class is: the rules (a softmax on what they found and on the question's purpose), the
character n-grams, and the embedding where the model has learned with it. Their log-probabilities are added with
cross-validated weights.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import embedding, ngrams
from .score import NEUTRAL_BAND
from .types import Label, Sentiment

Numbers = NDArray[np.float64]

METHOD = "calibrated"
FORMAT = 1
CLASSES = (Label.NEGATIVE, Label.NEUTRAL, Label.POSITIVE)
MEMBERS = ("rules", "chars", "embedding")
_DECIDES = 0.6  # probability from which it speaks where the rules know nothing
_BATCH = 500  # comments whose n-grams are counted at once
_FLOOR = 1e-4  # no member is surer than this


class Broken(Exception):
    """Stored bytes that are not the model they claim to be."""


@dataclass(frozen=True)
class Calibrated:
    """Shapes, for k classes: `dense` features x k; `chars` known buckets x k; `vectors` 512 x k or None."""

    language: str
    version: int
    classes: tuple[Label, ...]
    weights: Mapping[str, float]  # of each member's log-probabilities
    bias: Numbers  # k: log of each class's share, as far as it helped
    dense: Numbers
    dense_bias: Numbers
    known: NDArray[np.int64]  # buckets, sorted
    idf: Numbers
    chars: Numbers
    chars_bias: Numbers
    vectors: Numbers | None = None
    vectors_bias: Numbers | None = None

    @property
    def needs_embedding(self) -> bool:
        return self.vectors is not None


def softmax(logits: Numbers) -> Numbers:
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    made: Numbers = odds / odds.sum(axis=1, keepdims=True)
    return made


def features(found: Sequence[Sentiment], purposes: Sequence[str | None]) -> Numbers:
    """What the rules found, a row of 14 numbers for each comment, most of them within 0…1."""
    rows = np.zeros((len(found), 14))
    for row, one, purpose in zip(rows, found, purposes, strict=True):
        up = sum(span.weight for span in one.spans if span.weight > 0)
        down = -sum(span.weight for span in one.spans if span.weight < 0)
        row[:5] = (
            one.score,
            max(one.score, 0),
            max(-one.score, 0),
            one.label == "neutral",
            one.label == "undecided",
        )
        row[5:9] = np.log1p(up), np.log1p(down), up / (up + down + 1), down / (up + down + 1)
        row[9:12] = purpose == "improve", purpose == "good", purpose == "why"
        row[12:] = (purpose == "improve") * one.score, (purpose == "good") * one.score
    return rows


def weighed(counts: ngrams.Counts, known: NDArray[np.int64], idf: Numbers) -> tuple[Any, Any, Numbers]:
    """Row, column and value of each known n-gram: (1 + log count) x idf, each text of length 1."""
    at = np.searchsorted(known, counts.bucket)
    there = at < len(known)
    there[there] = known[at[there]] == counts.bucket[there]
    row, column = counts.row[there], at[there]
    value = (1 + np.log(counts.count[there])) * idf[column]
    length = np.sqrt(np.bincount(row, value**2, minlength=counts.texts))
    return row, column, value / np.maximum(length, 1e-12)[row]


def _chars(model: Calibrated, texts: Sequence[str]) -> Numbers:
    found = ngrams.counts(texts, model.language)
    row, column, value = weighed(found, model.known, model.idf)
    taken = model.chars[column]
    sums = [np.bincount(row, value * taken[:, k], minlength=len(texts)) for k in range(len(model.classes))]
    made: Numbers = np.column_stack(sums) + model.chars_bias
    return made


def mixed(logs: Mapping[str, Numbers], weights: Mapping[str, float], bias: Numbers) -> Numbers:
    """Probabilities of the classes from the members' log-probabilities."""
    parts = [weights[name] * log for name, log in logs.items()]
    total: Numbers = np.stack(parts).sum(axis=0)
    return softmax(total + bias)


def log_of(odds: Numbers) -> Numbers:
    made: Numbers = np.log(np.clip(odds, _FLOOR, 1))
    return made


def probabilities(
    model: Calibrated, texts: Sequence[str], found: Sequence[Sentiment], purposes: Sequence[str | None]
) -> Numbers:
    """A row for each text, a column for each of the model's classes; `found` is what the rules alone say."""
    logs = {"rules": log_of(softmax(features(found, purposes) @ model.dense + model.dense_bias))}
    if model.weights["chars"]:
        logits = [_chars(model, texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
        logs["chars"] = log_of(softmax(np.vstack(logits)))
    if model.vectors is not None and model.vectors_bias is not None and model.weights["embedding"]:
        logs["embedding"] = log_of(softmax(embedding.vectors(texts) @ model.vectors + model.vectors_bias))
    return mixed(logs, model.weights, model.bias)


def judged(model: Calibrated, found: Sentiment, odds: Sequence[float]) -> Sentiment:
    """The sentiment that these probabilities mean; the rules' spans stay as the explanation."""
    method, version = f"{METHOD}{'+use' if model.needs_embedding else ''}", f"{model.language}{model.version}"
    best = max(range(len(odds)), key=lambda k: odds[k])
    if found.label is Label.UNDECIDED and odds[best] < _DECIDES:
        return replace(found, method=method, version=version)
    label = model.classes[best]
    by = dict(zip(model.classes, odds, strict=True))
    lean = by.get(Label.POSITIVE, 0.0) - by.get(Label.NEGATIVE, 0.0)
    size = NEUTRAL_BAND + (1 - NEUTRAL_BAND) * abs(lean)
    side = -1 if label is Label.NEGATIVE else 1
    score = 0.9 * NEUTRAL_BAND * lean if label is Label.NEUTRAL else side * size
    return replace(
        found,
        label=label,
        score=round(score, 4),
        method=method,
        version=version,
        confidence=round(odds[best], 3),
    )


def group_of(language: str) -> str | None:
    """Which model reads a comment of this language; a mixed one is read as Chinese."""
    return {"en": "en", "zh": "zh", "mixed": "zh"}.get(language)


def usable(model: Calibrated) -> bool:
    return not model.needs_embedding or embedding.available()


def read_again(
    found: Sequence[Sentiment],
    texts: Sequence[str],
    purposes: Sequence[str | None],
    models: Mapping[str, Calibrated],
) -> tuple[list[Sentiment], list[int]]:
    """The rules' sentiments, judged by the model of each language where there is one; and the places of the others."""
    made = list(found)
    places: dict[str, list[int]] = {}
    left: list[int] = []
    for place, one in enumerate(found):
        group = group_of(one.language)
        mine = group if group and group in models and usable(models[group]) else None
        if mine and one.label is not Label.NO_CONTENT:
            places.setdefault(mine, []).append(place)
        elif not mine:
            left.append(place)
    for group, those in places.items():
        odds = probabilities(
            models[group], [texts[p] for p in those], [found[p] for p in those], [purposes[p] for p in those]
        )
        for place, row in zip(those, odds.tolist(), strict=True):
            made[place] = judged(models[group], found[place], row)
    return made, left


def to_bytes(model: Calibrated) -> bytes:
    """NPZ: arrays of numbers and one of JSON, never a pickle."""
    about = {
        "format": FORMAT, "language": model.language, "version": model.version,
        "classes": [label.value for label in model.classes], "weights": dict(model.weights), "bits": ngrams.BITS,
    }  # fmt: skip
    arrays: dict[str, Any] = {
        name: getattr(model, name).astype(np.float32)
        for name in ("bias", "dense", "dense_bias", "idf", "chars", "chars_bias")
    }
    if model.vectors is not None and model.vectors_bias is not None:
        arrays |= {
            "vectors": model.vectors.astype(np.float32),
            "vectors_bias": model.vectors_bias.astype(np.float32),
        }
    into = BytesIO()
    told = np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)
    np.savez_compressed(into, about=told, known=model.known.astype(np.int32), **arrays)
    return into.getvalue()


def checksum(stored: bytes) -> str:
    """SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(stored).hexdigest()


def from_bytes(stored: bytes, wanted: str) -> Calibrated:
    """The model of these bytes, whose checksum must be `wanted`. Raises Broken, whatever is wrong with them."""
    if checksum(stored) != wanted:
        raise Broken("the checksum differs")
    try:
        with np.load(BytesIO(stored), allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files}
        model = _model(arrays, json.loads(arrays["about"].tobytes()))
    except (ValueError, KeyError, TypeError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise Broken(f"it cannot be read ({type(error).__name__})") from None
    if not _fits(model):
        raise Broken("its parts do not fit each other")
    return model


def _model(arrays: Mapping[str, Any], about: Mapping[str, Any]) -> Calibrated:
    if about["format"] != FORMAT or about["bits"] != ngrams.BITS:
        raise ValueError("of another edition")
    numbers = {
        name: array.astype(np.float64) for name, array in arrays.items() if name not in ("about", "known")
    }
    return Calibrated(
        language=about["language"],
        version=int(about["version"]),
        classes=tuple(Label(name) for name in about["classes"]),
        weights={name: float(about["weights"].get(name, 0)) for name in MEMBERS},
        known=arrays["known"].astype(np.int64),
        **numbers,
    )


def _fits(model: Calibrated) -> bool:
    k, n = len(model.classes), len(model.known)
    shapes = {
        "bias": (k,), "dense": (14, k), "dense_bias": (k,), "idf": (n,), "chars": (n, k), "chars_bias": (k,),
        "vectors": (512, k), "vectors_bias": (k,),
    }  # fmt: skip
    given = {name: getattr(model, name) for name in shapes}
    held = {name: array for name, array in given.items() if array is not None}
    both = (model.vectors is None) == (model.vectors_bias is None)
    return (
        both and all(array.shape == shapes[name] and np.isfinite(array).all() for name, array in held.items())
    ) and model.language in ngrams.SIZES
