"""Makes head.npz anew: `python -m analysis.sentiment.train_head DATA_FOLDER`, with the extra `embed` installed.

A softmax on sentence vectors, trained on labelled sets whose licences permit it, and on no other: the English hospital,
bank, product and tweet sets (MIT), the Chinese restaurant sets (Apache-2.0, CC BY 4.0). Each class counts alike.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .embedding import Vectors, vectors

OPEN = (
    "en_hospital_nhs", "en_bank_in", "en_product_amazon", "en_tweets", "zh_restaurant_asap", "zh_hant_restaurant_hk",
)  # fmt: skip
CLASSES = ("neg", "neu", "pos")
_STEPS, _RATE, _SHRINK = 600, 0.1, 1e-4  # of Adam; the last is the ridge penalty
_FIRST, _SECOND = 0.9, 0.999  # Adam's decays, as published (Kingma and Ba 2015)

Numbers = NDArray[np.float64]


def read(folder: Path) -> tuple[list[str], NDArray[np.int64]]:
    """Texts and classes of the open sets. Raises FileNotFoundError where one is absent."""
    rows = []
    for name in OPEN:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            rows += [
                (row["text"], CLASSES.index(row["label"]))
                for row in csv.DictReader(lines)
                if row["text"].strip()
            ]
    return [text for text, _ in rows], np.array([label for _, label in rows])


def _probabilities(logits: Numbers) -> Numbers:
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    made: Numbers = odds / odds.sum(axis=1, keepdims=True)
    return made


def train(found: Vectors, labels: NDArray[np.int64]) -> Numbers:
    """Weights of the three classes, the last row the bias: 513 x 3. The same input gives the same weights."""
    rows = np.hstack([found.astype(np.float64), np.ones((len(found), 1))])
    wanted = np.eye(len(CLASSES))[labels]
    share = (1 / np.bincount(labels, minlength=len(CLASSES)))[labels][:, None] / len(CLASSES)
    penalty = np.full((rows.shape[1], 1), _SHRINK)
    penalty[-1] = 0
    weights = np.zeros((rows.shape[1], len(CLASSES)))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        slope = rows.T @ ((_probabilities(rows @ weights) - wanted) * share) + penalty * weights
        first = _FIRST * first + (1 - _FIRST) * slope
        second = _SECOND * second + (1 - _SECOND) * slope**2
        rate = _RATE * np.sqrt(1 - _SECOND**step) / (1 - _FIRST**step)
        weights -= rate * first / (np.sqrt(second) + 1e-8)
    return weights


def main() -> None:
    texts, labels = read(Path(sys.argv[1]))
    weights = train(vectors(texts), labels).astype(np.float32)
    np.savez(Path(__file__).with_name("head.npz"), weights=weights[:-1], bias=weights[-1])
    print(f"{len(texts)} texts")


if __name__ == "__main__":
    main()
