"""Learning from an organisation's own labels: the only module that needs scikit-learn. For background jobs.

Labels given by people count 1. Scores are weak labels: where their question allows it, at the ends of the scale, and
where the rules do not speak against them. Every figure is of comments that were not learned from: five folds, equal
texts in one fold; the weights of the blend and the bias are chosen on the other four.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from . import calibrated, embedding, ngrams
from .bootstrap import Interval, difference, macro_f1
from .calibrated import CLASSES, Calibrated, Numbers, features, log_of, mixed, softmax
from .classifying import alone
from .gate import GAIN, LEAST, LEAST_OF_CLASS, LEAST_UNSEEN
from .types import Label, Sentiment

FOLDS = 5
WEAK_WEIGHT = 0.1
WEAK_MOST = 2000
_C = {"rules": 10.0, "chars": 4.0, "embedding": 10.0}  # inverse of the ridge penalty
_STEPS, _TOLERANCE = 200, 1e-3
_SEED = 5

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Labelled:
    text: str
    label: Label
    purpose: str = "open"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """`found` is what a model says of each label that it has not learned from; None where too few were given."""

    n: int
    classes: Mapping[Label, int]
    weak: int = 0
    problem: str | None = None  # few, few_of_class, few_unseen, no_gain, unsure
    model: Calibrated | None = None
    found: tuple[Label, ...] = ()
    f1: Interval | None = None
    live_f1: Interval | None = None
    gain: Interval | None = None
    compared: int = 0  # labels that neither has learned from

    @property
    def better(self) -> bool:
        return self.problem is None


@dataclass(frozen=True)
class _Inputs:
    """Of the labels by people first, then of the weak ones."""

    dense: Numbers
    chars: Any  # sparse, a column a known bucket
    vectors: Numbers | None
    known: Whole
    idf: Numbers

    def parts(self) -> dict[str, Any]:
        held = {"rules": self.dense, "chars": self.chars, "embedding": self.vectors}
        return {name: part for name, part in held.items() if part is not None}


def _known(found: ngrams.Counts) -> tuple[Whole, Numbers]:
    """Buckets that two comments have, and how telling each is."""
    bucket, texts = np.unique(found.bucket, return_counts=True)
    known = bucket[texts > 1]
    return known, np.log((1 + found.texts) / (1 + texts[texts > 1])) + 1


def _inputs(
    texts: Sequence[str], read: Sequence[Sentiment], purposes: Sequence[str], language: str
) -> _Inputs:
    batches = [ngrams.counts(texts[at : at + 500], language) for at in range(0, len(texts), 500)]
    starts = np.cumsum([0] + [one.texts for one in batches])
    whole = ngrams.Counts(
        len(texts),
        np.concatenate([one.row + start for one, start in zip(batches, starts, strict=False)]),
        np.concatenate([one.bucket for one in batches]),
        np.concatenate([one.count for one in batches]),
    )
    known, idf = _known(whole)
    row, column, value = calibrated.weighed(whole, known, idf)
    chars = csr_matrix((value, (row, column)), shape=(len(texts), len(known)))
    vectors = embedding.vectors(texts).astype(np.float64) if embedding.available() else None
    return _Inputs(features(read, purposes), chars, vectors, known, idf)


def _fit(part: Any, gold: Whole, weight: Numbers, k: int, strength: float) -> tuple[Numbers, Numbers]:
    """A softmax whose classes count alike; its weights and bias for each of the k classes."""
    total = np.bincount(gold, weight, minlength=k)
    fitted = LogisticRegression(C=strength, max_iter=_STEPS, tol=_TOLERANCE)
    fitted.fit(part, gold, sample_weight=weight * (weight.sum() / (k * total))[gold])
    weights, bias = fitted.coef_.T, fitted.intercept_
    if k == 2:  # given for the second alone
        weights, bias = np.hstack([-weights, weights]) / 2, np.array([-bias[0], bias[0]]) / 2
    return weights, bias


def _logs(part: Any, fitted: tuple[Numbers, Numbers]) -> Numbers:
    return log_of(softmax(np.asarray(part @ fitted[0]) + fitted[1]))


def folds(texts: Sequence[str], gold: Sequence[int] | Whole) -> Whole:
    """The fold of each comment: equal texts together, each class spread evenly; the same every time."""
    order = np.random.default_rng(_SEED).permutation(len(texts))
    fold, seen, of_class = np.zeros(len(texts), dtype=np.int64), {}, dict.fromkeys(set(gold), 0)
    for place in order.tolist():
        key = texts[place].strip().lower()
        if key not in seen:
            seen[key] = of_class[gold[place]] % FOLDS
            of_class[gold[place]] += 1
        fold[place] = seen[key]
    return fold


def _blend(logs: Mapping[str, Numbers], gold: Whole, k: int) -> tuple[dict[str, float], Numbers]:
    """Weights of the members by the log loss of classes that count alike, then a bias where it makes macro-F1 higher."""
    share = np.bincount(gold, minlength=k) / len(gold)
    each = (1 / share)[gold] / k
    names = list(logs)

    def loss(weights: Numbers) -> float:
        odds = mixed(logs, dict(zip(names, weights, strict=True)), np.zeros(k))
        return float(-(each * np.log(odds[np.arange(len(gold)), gold] + 1e-9)).mean())

    best = minimize(
        loss, np.full(len(names), 1 / len(names)), bounds=[(0, 2)] * len(names), method="L-BFGS-B"
    )
    weights = {name: round(float(weight), 3) for name, weight in zip(names, best.x, strict=True)}
    tried = [(step / 4) * np.log(share) for step in range(4)]
    return weights, max(tried, key=lambda bias: _quick_f1(gold, mixed(logs, weights, bias).argmax(axis=1), k))


def _quick_f1(gold: Whole, found: Whole, k: int) -> float:
    table = np.bincount(gold * k + found, minlength=k * k).reshape(k, k)
    hits = np.diag(table)
    return float((2 * hits / np.maximum(table.sum(axis=0) + table.sum(axis=1), 1)).mean())


def _held_out(inputs: _Inputs, gold: Whole, weight: Numbers, fold: Whole, k: int) -> dict[str, Numbers]:
    """Of each label by a person, what members say that have not learned from its fold; weak labels always teach."""
    people = len(fold)
    logs = {name: np.zeros((people, k)) for name in inputs.parts()}
    for one in range(FOLDS):
        asked = np.flatnonzero(fold == one)
        taught = np.concatenate([np.flatnonzero(fold != one), np.arange(people, len(gold))])
        for name, part in inputs.parts().items():
            logs[name][asked] = _logs(
                part[asked], _fit(part[taught], gold[taught], weight[taught], k, _C[name])
            )
    return logs


def _found(logs: Mapping[str, Numbers], gold: Whole, fold: Whole, k: int) -> Numbers:
    """Probabilities whose weights and bias come from the other folds."""
    odds = np.zeros((len(fold), k))
    for one in range(FOLDS):
        asked, others = fold == one, fold != one
        weights, bias = _blend({name: log[others] for name, log in logs.items()}, gold[others], k)
        odds[asked] = mixed({name: log[asked] for name, log in logs.items()}, weights, bias)
    return odds


def learned(
    given: Sequence[Labelled], weak: Sequence[Labelled], language: str, version: int, classes: Sequence[Label]
) -> tuple[Calibrated, list[Label]]:
    """A model of these labels, and what it says of each that it had not learned from. Each class must be there."""
    with threadpool_limits(1):  # several threads spin longer than they work on so little
        return _learned([*given, *weak], len(given), language, version, classes)


def _learned(
    rows: Sequence[Labelled], people: int, language: str, version: int, classes: Sequence[Label]
) -> tuple[Calibrated, list[Label]]:
    texts, purposes, k = [one.text for one in rows], [one.purpose for one in rows], len(classes)
    gold = np.array([classes.index(one.label) for one in rows])
    weight = np.array([one.weight for one in rows])
    read = alone(texts, None, purposes)
    inputs = _inputs(texts, read, purposes, language)
    fold = folds(texts[:people], gold[:people])
    logs = _held_out(inputs, gold, weight, fold, k)
    odds = _found(logs, gold[:people], fold, k)
    weights, bias = _blend(logs, gold[:people], k)
    fitted = {name: _fit(part, gold, weight, k, _C[name]) for name, part in inputs.parts().items()}
    vectors, vectors_bias = fitted.get("embedding", (None, None))
    model = Calibrated(
        language, version, tuple(classes), dict.fromkeys(calibrated.MEMBERS, 0.0) | weights, bias,
        *fitted["rules"], inputs.known, inputs.idf, *fitted["chars"], vectors, vectors_bias,
    )  # fmt: skip
    return model, [calibrated.judged(model, *one).label for one in zip(read, odds.tolist(), strict=False)]


def calibrate(
    given: Sequence[Labelled],
    weak: Sequence[Labelled],
    language: str,
    version: int,
    live: Sequence[Label],
    unseen: Sequence[bool] | None = None,
) -> Outcome:
    """A model of these labels, and whether it is better than the live one.

    `live` is what the live reader says of each label, `unseen` which of them it has not learned from: only these
    are compared. Better: macro-F1 higher by GAIN and the 95 % interval of the difference above 0 (paired bootstrap).
    """
    counted = {label: sum(one.label is label for one in given) for label in CLASSES}
    if len(given) < LEAST or min(counted.values()) < LEAST_OF_CLASS:
        problem = "few" if len(given) < LEAST else "few_of_class"
        return Outcome(len(given), counted, problem=problem)
    taught = weak[:WEAK_MOST]
    model, said = learned(given, taught, language, version, CLASSES)
    told = [one.label for one in given]
    f1 = macro_f1(told, said, CLASSES)
    both = [place for place in range(len(given)) if unseen is None or unseen[place]]
    made = Outcome(len(given), counted, len(taught), None, model, tuple(said), f1, compared=len(both))
    return _gated(made, *([labels[place] for place in both] for labels in (told, said, live)))


def _gated(made: Outcome, gold: Sequence[Label], new: Sequence[Label], old: Sequence[Label]) -> Outcome:
    given: dict[str, Any] = {name: getattr(made, name) for name in Outcome.__slots__}
    if len(gold) < LEAST_UNSEEN:
        return Outcome(**given | {"problem": "few_unseen"})
    gain = difference(gold, new, old, CLASSES)
    problem = "no_gain" if gain.value < GAIN else "unsure" if gain.low <= 0 else None
    return Outcome(**given | {"problem": problem, "gain": gain, "live_f1": macro_f1(gold, old, CLASSES)})
